import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { IdentityProblem } from '../../components/identity/IdentityProblem.tsx'
import { PasswordField } from '../../components/identity/PasswordField.tsx'
import { TextField } from '../../components/identity/TextField.tsx'
import { guessedTimeZone, TimeZoneField } from '../../components/identity/TimeZoneField.tsx'
import { useEntering } from '../../components/identity/useEntering.ts'
import { useAcceptInvitationMutation } from '../../services/identity-api.ts'
import { forgetLinkToken, linkToken } from '../../services/link-token.ts'
import { EntryFrame } from './EntryFrame.tsx'

const path = '/invitation'

/** Somebody who was invited says who they are and chooses a password. */
export default function AcceptInvitationPage() {
  const { t } = useTranslation()
  const [token] = useState(() => linkToken(path))
  const title = t('entry.invitation.title')
  if (token === null)
    return (
      <EntryFrame title={title} why={t('entry.invitation.noToken')}>
        <Link className="btn big" to="/sign-in">
          {t('entry.toSignIn')}
        </Link>
      </EntryFrame>
    )
  return (
    <EntryFrame title={title} why={t('entry.invitation.why')}>
      <Form token={token} />
    </EntryFrame>
  )
}

function Form({ token }: { token: string }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { enter } = useEntering()
  const [accept, { isLoading, error }] = useAcceptInvitationMutation()
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const [timeZone, setTimeZone] = useState(guessedTimeZone)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const { data } = await accept({ token, name: name.trim(), password, timeZone })
    if (!data) return
    forgetLinkToken(path)
    if (enter(data)) navigate('/', { replace: true })
  }
  return (
    <form className="entry-fields" onSubmit={submit}>
      <IdentityProblem error={error} words={{ token_spent: t('entry.invitation.spent'), email_taken: t('entry.invitation.taken') }} />
      <TextField label={t('entry.name')} value={name} onChange={setName} autoComplete="name" required maxLength={200} />
      <PasswordField label={t('identity.password.label')} kind="new-password" value={password} onChange={setPassword} known={[name]} />
      <TimeZoneField value={timeZone} onChange={setTimeZone} />
      <button type="submit" className="btn pri big" disabled={isLoading || password === ''}>
        {t('entry.invitation.submit')}
      </button>
    </form>
  )
}
