import type { Schema } from '@pe/sdk/client.ts'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useToast } from '../../components/common/toast-context.ts'
import { IdentityProblem } from '../../components/identity/IdentityProblem.tsx'
import { PasswordField } from '../../components/identity/PasswordField.tsx'
import { useChangePasswordMutation } from '../../services/identity-api.ts'

/** The password, changed by whoever knows the old one. */
export function PasswordSection({ me }: { me: Schema<'Me'> }) {
  const { t } = useTranslation()
  const { announce } = useToast()
  const [open, setOpen] = useState(false)
  return (
    <section className="sec first">
      <div className="sec-head">
        <h2>{t('person.password.title')}</h2>
        <p>{t('person.password.why')}</p>
        {open ? null : (
          <button type="button" className="btn end" onClick={() => setOpen(true)}>
            {t('person.password.change')}
          </button>
        )}
      </div>
      {open ? (
        <PasswordForm
          me={me}
          done={(changed) => {
            setOpen(false)
            if (changed) announce({ message: t('person.password.changed') })
          }}
        />
      ) : null}
    </section>
  )
}

function PasswordForm({ me, done }: { me: Schema<'Me'>; done: (changed: boolean) => void }) {
  const { t } = useTranslation()
  const [change, { isLoading, error }] = useChangePasswordMutation()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const answer = await change({ current, next })
    if (!('error' in answer)) done(true)
  }
  return (
    <form className="fields narrow" onSubmit={submit}>
      <IdentityProblem error={error} words={{ wrong_credentials: t('person.password.wrong') }} />
      <input type="hidden" autoComplete="username" value={me.email} readOnly />
      <PasswordField label={t('person.password.current')} kind="current-password" value={current} onChange={setCurrent} autoFocus />
      <PasswordField label={t('identity.password.new')} kind="new-password" value={next} onChange={setNext} known={[me.name, me.email]} />
      <div className="ends start">
        <button type="submit" className="btn pri" disabled={isLoading || current === '' || next === ''}>
          {t('person.password.save')}
        </button>
        <button type="button" className="btn" onClick={() => done(false)}>
          {t('identity.cancel')}
        </button>
      </div>
    </form>
  )
}
