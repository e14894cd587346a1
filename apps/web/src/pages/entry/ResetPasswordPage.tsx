import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'react-router'
import { IdentityProblem } from '../../components/identity/IdentityProblem.tsx'
import { PasswordField } from '../../components/identity/PasswordField.tsx'
import { TextField } from '../../components/identity/TextField.tsx'
import { useAskPasswordResetMutation, useResetPasswordMutation } from '../../services/identity-api.ts'
import { forgetLinkToken, linkToken } from '../../services/link-token.ts'
import { EntryFrame } from './EntryFrame.tsx'

const path = '/reset-password'

/** Without a link it asks for one; with a link it sets the new password. */
export default function ResetPasswordPage() {
  const [token, setToken] = useState(() => linkToken(path))
  const askAgain = () => {
    forgetLinkToken(path)
    setToken(null)
  }
  return token === null ? <AskForLink /> : <NewPassword token={token} askAgain={askAgain} />
}

function AskForLink() {
  const { t } = useTranslation()
  const { search } = useLocation()
  const [ask, { isLoading, isSuccess, error }] = useAskPasswordResetMutation()
  const [email, setEmail] = useState('')
  const back = (
    <p className="entry-ways">
      <Link to={`/sign-in${search}`}>{t('entry.toSignIn')}</Link>
    </p>
  )
  if (isSuccess)
    return (
      <EntryFrame title={t('entry.reset.sentTitle')} why={t('entry.reset.sent', { email: email.trim() })}>
        <p className="tie">{t('entry.reset.noMail')}</p>
        {back}
      </EntryFrame>
    )
  return (
    <EntryFrame title={t('entry.reset.askTitle')} why={t('entry.reset.askWhy')}>
      <form
        className="entry-fields"
        onSubmit={(event: FormEvent) => {
          event.preventDefault()
          ask(email.trim())
        }}
      >
        <IdentityProblem error={error} words={{ too_many_requests: t('entry.signIn.tooMany') }} />
        <TextField
          label={t('entry.email')}
          value={email}
          onChange={setEmail}
          type="email"
          autoComplete="username"
          required
          maxLength={254}
        />
        <button type="submit" className="btn pri big" disabled={isLoading || email.trim() === ''}>
          {t('entry.reset.ask')}
        </button>
      </form>
      {back}
    </EntryFrame>
  )
}

function NewPassword({ token, askAgain }: { token: string; askAgain: () => void }) {
  const { t } = useTranslation()
  const [reset, { isLoading, isSuccess, error }] = useResetPasswordMutation()
  const [password, setPassword] = useState('')
  const spent = error !== undefined && 'code' in error && error.code === 'token_spent'
  if (isSuccess)
    return (
      <EntryFrame title={t('entry.reset.doneTitle')} why={t('entry.reset.done')}>
        <Link className="btn pri big" to="/sign-in">
          {t('entry.signIn.submit')}
        </Link>
      </EntryFrame>
    )
  return (
    <EntryFrame title={t('entry.reset.newTitle')} why={spent ? undefined : t('entry.reset.newWhy')}>
      <IdentityProblem error={error} />
      {spent ? (
        <button type="button" className="btn pri big" onClick={askAgain}>
          {t('entry.reset.again')}
        </button>
      ) : (
        <form
          className="entry-fields"
          onSubmit={async (event: FormEvent) => {
            event.preventDefault()
            const answer = await reset({ token, password })
            if (!('error' in answer)) forgetLinkToken(path)
          }}
        >
          <PasswordField label={t('identity.password.new')} kind="new-password" value={password} onChange={setPassword} autoFocus />
          <button type="submit" className="btn pri big" disabled={isLoading || password === ''}>
            {t('entry.reset.submit')}
          </button>
        </form>
      )}
    </EntryFrame>
  )
}
