import type { Schema } from '@pe/sdk/client.ts'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useToast } from '../../components/common/toast-context.ts'
import { IdentityProblem } from '../../components/identity/IdentityProblem.tsx'
import { OfMe } from '../../components/identity/OfMe.tsx'
import { TextField } from '../../components/identity/TextField.tsx'
import { TimeZoneField } from '../../components/identity/TimeZoneField.tsx'
import { useChangeMeMutation } from '../../services/identity-api.ts'

/** What somebody says of themselves. */
export default function ProfilePage() {
  return <OfMe>{(me) => <Profile me={me} />}</OfMe>
}

function Profile({ me }: { me: Schema<'Me'> }) {
  const { t } = useTranslation()
  const { announce } = useToast()
  const [change, { isLoading, error }] = useChangeMeMutation()
  const [name, setName] = useState(me.name)
  const [timeZone, setTimeZone] = useState(me.timeZone)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const before = { name: me.name, timeZone: me.timeZone }
    const { data } = await change({ name: name.trim(), timeZone })
    if (!data) return
    setName(data.name)
    const undo = async () => {
      setName(before.name)
      setTimeZone(before.timeZone)
      await change(before)
    }
    announce({ message: t('person.saved'), undo })
  }
  return (
    <section className="sec first">
      <div className="sec-head">
        <h2>{t('person.profile.title')}</h2>
      </div>
      <form className="fields narrow" onSubmit={submit}>
        <IdentityProblem error={error} />
        <TextField label={t('entry.name')} value={name} onChange={setName} autoComplete="name" required maxLength={200} />
        <TimeZoneField value={timeZone} onChange={setTimeZone} />
        <div className="ends start">
          <button
            type="submit"
            className="btn pri"
            disabled={isLoading || name.trim() === '' || (name.trim() === me.name && timeZone === me.timeZone)}
          >
            {t('identity.save')}
          </button>
        </div>
      </form>
      <dl className="kv said">
        <dt>{t('entry.email')}</dt>
        <dd>
          {me.email}{' '}
          <span className={me.emailVerified ? 'tag ok' : 'tag warn'}>
            {t(me.emailVerified ? 'person.profile.verified' : 'person.profile.unverified')}
          </span>
        </dd>
        <dt>{t('identity.places.organisation')}</dt>
        <dd>{me.organisation.name}</dd>
        <dt>{t('person.profile.role')}</dt>
        <dd>{t(`identity.role.${me.role}`)}</dd>
      </dl>
      <p className="tie">{t(`identity.roleMeans.${me.role}`)}</p>
    </section>
  )
}
