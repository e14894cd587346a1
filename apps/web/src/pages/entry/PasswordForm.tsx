import type { Schema } from '@pe/sdk/client.ts'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'react-router'
import { IdentityProblem } from '../../components/identity/IdentityProblem.tsx'
import { PasswordField } from '../../components/identity/PasswordField.tsx'
import { TextField } from '../../components/identity/TextField.tsx'
import { useSignInMutation } from '../../services/identity-api.ts'

interface PasswordFormProps {
  readonly onSignedIn: (signed: Schema<'SignedIn'>) => void
  /** The person was somewhere when the server wanted a sign-in. */
  readonly ended: boolean
}

/** E-mail and password. */
export function PasswordForm({ onSignedIn, ended }: PasswordFormProps) {
  const { t } = useTranslation()
  const { search } = useLocation()
  const [signIn, { isLoading, error }] = useSignInMutation()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const { data } = await signIn({ email: email.trim(), password })
    if (data) return onSignedIn(data)
    setPassword('')
  }
  const wrong = error !== undefined && 'code' in error && error.code === 'wrong_credentials'
  return (
    <form className="entry-fields" onSubmit={submit}>
      {ended && !error ? <p className="note calm">{t('entry.signIn.ended')}</p> : null}
      <IdentityProblem error={error} words={{ wrong_credentials: t('entry.signIn.wrong'), too_many_requests: t('entry.signIn.tooMany') }} />
      <TextField
        label={t('entry.email')}
        type="email"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        value={email}
        onChange={setEmail}
        required
        maxLength={254}
        aria-invalid={wrong}
      />
      <PasswordField
        label={t('identity.password.label')}
        kind="current-password"
        value={password}
        onChange={setPassword}
        invalid={wrong}
        aside={<Link to={`/reset-password${search}`}>{t('entry.signIn.forgotten')}</Link>}
      />
      <button type="submit" className="btn pri big" disabled={isLoading || email.trim() === '' || password === ''}>
        {t('entry.signIn.submit')}
      </button>
    </form>
  )
}
