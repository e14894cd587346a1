import type { Schema } from '@pe/sdk/client.ts'
import { useTranslation } from 'react-i18next'
import { CopyButton } from '../../components/identity/CopyButton.tsx'

/** The key itself, this once. */
export function NewSecret({ of: { key, secret }, done }: { of: Schema<'ApiKeyWithSecret'>; done: () => void }) {
  const { t } = useTranslation()
  return (
    <section className="once" aria-label={key.name}>
      <p>
        <b>{t('organisation.keys.made', { name: key.name })}</b>
      </p>
      <p className="muted">{t('organisation.keys.onlyNow')}</p>
      <p className="secret">
        <code>{secret}</code>
      </p>
      <p className="muted small">
        {t('organisation.keys.how')} <code>{t('organisation.keys.header')}</code>
      </p>
      <div className="row-acts">
        <CopyButton text={secret} />
        <button type="button" className="btn pri" onClick={done}>
          {t('identity.done')}
        </button>
      </div>
    </section>
  )
}
