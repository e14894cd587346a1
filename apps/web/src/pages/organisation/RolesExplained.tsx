import { useTranslation } from 'react-i18next'
import { roles } from './roles.ts'

/** What each role may do, in words. */
export function RolesExplained() {
  const { t } = useTranslation()
  return (
    <details className="explained">
      <summary>{t('organisation.roles')}</summary>
      <dl>
        {roles.map((role) => (
          <div key={role}>
            <dt>{t(`identity.role.${role}`)}</dt>
            <dd>{t(`identity.roleMeans.${role}`)}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}
