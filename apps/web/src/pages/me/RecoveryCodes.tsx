import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../components/common/Icon.tsx'
import { saveFile } from '../../components/common/save-file.ts'
import { CopyButton } from '../../components/identity/CopyButton.tsx'

/** Shown once: they are to be kept before one can go on. */
export function RecoveryCodes({ codes, done }: { codes: readonly string[]; done: () => void }) {
  const { t } = useTranslation()
  const [kept, setKept] = useState(false)
  const text = `${codes.join('\n')}\n`
  return (
    <section className="once" aria-label={t('person.authenticator.codes')}>
      <p>
        <b>{t('person.authenticator.keep')}</b>
      </p>
      <p className="muted">{t('person.authenticator.keepWhy')}</p>
      <ol className="codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <div className="row-acts">
        <CopyButton text={text} />
        <button type="button" className="btn" onClick={() => saveFile('portfolioengine-recovery-codes.txt', text, 'text/plain')}>
          <Icon name="save" small />
          {t('person.authenticator.download')}
        </button>
      </div>
      <label className="tick-box">
        <input type="checkbox" checked={kept} onChange={(event) => setKept(event.target.checked)} />
        {t('person.authenticator.kept')}
      </label>
      <button type="button" className="btn pri" disabled={!kept} onClick={done}>
        {t('identity.done')}
      </button>
    </section>
  )
}
