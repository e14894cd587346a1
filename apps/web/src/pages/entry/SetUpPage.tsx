import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { IdentityProblem } from '../../components/identity/IdentityProblem.tsx'
import { PasswordField } from '../../components/identity/PasswordField.tsx'
import { TextField } from '../../components/identity/TextField.tsx'
import { guessedTimeZone, TimeZoneField } from '../../components/identity/TimeZoneField.tsx'
import { useEntering } from '../../components/identity/useEntering.ts'
import { useSetUpMutation, useSetUpStateQuery } from '../../services/identity-api.ts'
import { forgetLinkToken, linkToken } from '../../services/link-token.ts'
import { EntryFrame } from './EntryFrame.tsx'

const path = '/set-up'

/** The first person of an instance, by the link that stands on its terminal. */
export default function SetUpPage() {
  const { t } = useTranslation()
  const [token] = useState(() => linkToken(path))
  const state = useSetUpStateQuery(undefined, { refetchOnMountOrArgChange: true })
  const title = t('entry.setUp.title')
  if (state.data?.needed === false)
    return (
      <EntryFrame title={title}>
        <p className="note calm">{t('problem.already_set_up')}</p>
        <Link className="btn pri big" to="/sign-in">
          {t('entry.toSignIn')}
        </Link>
      </EntryFrame>
    )
  if (token === null)
    return (
      <EntryFrame title={title} why={t('entry.setUp.noToken')}>
        <p className="formula mono">{`${location.origin}${path}?token=…`}</p>
      </EntryFrame>
    )
  return (
    <EntryFrame title={title} why={t('entry.setUp.why')} wide>
      <OwnerForm token={token} />
    </EntryFrame>
  )
}

function OwnerForm({ token }: { token: string }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { enter } = useEntering()
  const [setUp, { isLoading, error }] = useSetUpMutation()
  const [values, setValues] = useState({ name: '', organisation: '', email: '', password: '', timeZone: guessedTimeZone() })
  const field = (name: keyof typeof values) => ({
    value: values[name],
    onChange: (text: string) => setValues((before) => ({ ...before, [name]: text })),
  })
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const { name, organisation, email } = values
    const { data } = await setUp({ ...values, token, name: name.trim(), organisation: organisation.trim(), email: email.trim() })
    if (!data) return
    forgetLinkToken(path)
    if (enter(data)) navigate('/welcome', { replace: true })
  }
  return (
    <form className="entry-fields" onSubmit={submit}>
      <IdentityProblem error={error} words={{ token_spent: t('entry.setUp.spent') }} />
      <TextField label={t('entry.name')} {...field('name')} autoComplete="name" required maxLength={200} />
      <TextField
        label={t('entry.setUp.organisation')}
        hint={t('entry.setUp.organisationWhy')}
        {...field('organisation')}
        autoComplete="organization"
        required
        maxLength={200}
      />
      <TextField label={t('entry.email')} {...field('email')} type="email" autoComplete="username" required maxLength={254} />
      <PasswordField
        label={t('identity.password.label')}
        kind="new-password"
        {...field('password')}
        known={[values.name, values.email, values.organisation]}
      />
      <TimeZoneField {...field('timeZone')} />
      <button type="submit" className="btn pri big" disabled={isLoading}>
        {t('entry.setUp.submit')}
      </button>
    </form>
  )
}
