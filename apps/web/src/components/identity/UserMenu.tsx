import '../../styles/identity.css'
import type { Schema } from '@pe/sdk/client.ts'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useView } from '../../hooks/useView.ts'
import { Icon } from '../common/Icon.tsx'
import { Picker } from '../common/Picker.tsx'
import { LanguageChoices } from '../common/shell/LanguageChoices.tsx'
import { settingsOf } from './settings-places.ts'
import { useSignOut } from './useSignOut.ts'

/** Who is signed in, the way to what is theirs, and out. */
export function UserMenu({ me }: { me: Schema<'Me'> }) {
  const { t } = useTranslation()
  const { search } = useView()
  const signOut = useSignOut()
  return (
    <Picker label={t('identity.menu.label', { name: me.name })} value={initials(me.name)} className="avatar" width={264} iconless>
      {(close) => (
        <>
          <p className="who">
            <b>{me.name}</b>
            <small className="muted">{me.email}</small>
            <small className="muted">{`${t(`identity.role.${me.role}`)} · ${me.organisation.name}`}</small>
          </p>
          <ul className="ruled">
            {settingsOf(me).map(({ path, words }) => (
              <li key={path}>
                <Link className="choice" to={`${path}${search}`} onClick={close}>
                  {t(words)}
                </Link>
              </li>
            ))}
          </ul>
          <LanguageChoices className="ruled" close={close} />
          <ul className="ruled">
            <li>
              <button type="button" className="choice with-icon" onClick={signOut}>
                <Icon name="leave" small />
                {t('identity.signOut')}
              </button>
            </li>
          </ul>
        </>
      )}
    </Picker>
  )
}

/** First letters of the first and the last word. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/)
  return [words[0], words.length > 1 ? words.at(-1) : '']
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toUpperCase()
}
