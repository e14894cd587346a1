import type { Schema } from '@pe/sdk/client.ts'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CodeField, plainCode } from '../../components/identity/CodeField.tsx'
import { CopyButton } from '../../components/identity/CopyButton.tsx'
import { IdentityProblem } from '../../components/identity/IdentityProblem.tsx'
import { useConfirmAuthenticatorMutation } from '../../services/identity-api.ts'
import { QrCode } from './QrCode.tsx'

interface AuthenticatorSetUpProps {
  readonly of: Schema<'NewAuthenticator'>
  readonly confirmed: (recoveryCodes: readonly string[]) => void
  readonly cancel: () => void
}

/** Scan or type the secret, then show that it works by a code. */
export function AuthenticatorSetUp({ of: { secret, uri }, confirmed, cancel }: AuthenticatorSetUpProps) {
  const { t } = useTranslation()
  const [confirm, { isLoading, error }] = useConfirmAuthenticatorMutation()
  const [code, setCode] = useState('')
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const { data } = await confirm(plainCode(code))
    if (data) confirmed(data.recoveryCodes)
    else setCode('')
  }
  return (
    <form className="enrol" onSubmit={submit}>
      <QrCode text={uri} label={t('person.authenticator.qr')} />
      <div className="fields">
        <div>
          <p>{t('person.authenticator.scan')}</p>
          <p className="muted small">{t('person.authenticator.type')}</p>
          <p className="secret">
            <code>{spaced(secret)}</code>
            <CopyButton text={secret} />
          </p>
        </div>
        <IdentityProblem error={error} words={{ wrong_credentials: t('person.authenticator.wrong') }} />
        <CodeField label={t('person.authenticator.code')} value={code} onChange={setCode} />
        <div className="ends start">
          <button type="submit" className="btn pri" disabled={isLoading || !/^\d{6}$/.test(plainCode(code))}>
            {t('person.authenticator.confirm')}
          </button>
          <button type="button" className="btn" onClick={cancel}>
            {t('identity.cancel')}
          </button>
        </div>
      </div>
    </form>
  )
}

/** In fours, to be typed. */
function spaced(secret: string): string {
  return secret.replace(/(.{4})(?=.)/g, '$1 ')
}
