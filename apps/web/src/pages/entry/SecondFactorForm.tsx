import type { Schema } from '@pe/sdk/client.ts'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CodeField, plainCode } from '../../components/identity/CodeField.tsx'
import { IdentityProblem } from '../../components/identity/IdentityProblem.tsx'
import { useEntering } from '../../components/identity/useEntering.ts'
import { useGiveSecondFactorMutation, useSignOutMutation } from '../../services/identity-api.ts'

/** The code of the authenticator, or one of the recovery codes where the device is gone. */
export function SecondFactorForm({ onSignedIn }: { onSignedIn: (signed: Schema<'SignedIn'>) => void }) {
  const { t } = useTranslation()
  const { leave } = useEntering()
  const [give, { isLoading, error, reset }] = useGiveSecondFactorMutation()
  const [signOut] = useSignOutMutation()
  const [recovery, setRecovery] = useState(false)
  const [code, setCode] = useState('')
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const { data } = await give(plainCode(code))
    if (data) return onSignedIn(data)
    setCode('')
  }
  const another = async () => {
    await signOut()
    leave()
  }
  return (
    <form className="entry-fields" onSubmit={submit}>
      <IdentityProblem
        error={error}
        words={{
          wrong_credentials: t(recovery ? 'entry.secondFactor.wrongRecovery' : 'entry.secondFactor.wrong'),
          too_many_requests: t('entry.signIn.tooMany'),
        }}
      />
      {recovery ? (
        <CodeField
          key="recovery"
          digits={false}
          label={t('entry.secondFactor.recovery')}
          hint={t('entry.secondFactor.recoveryWhy')}
          value={code}
          onChange={setCode}
          autoFocus
        />
      ) : (
        <CodeField key="code" label={t('identity.code.label')} hint={t('identity.code.hint')} value={code} onChange={setCode} autoFocus />
      )}
      <button type="submit" className="btn pri big" disabled={isLoading || plainCode(code).length < 6}>
        {t('entry.secondFactor.submit')}
      </button>
      <p className="entry-ways">
        <button
          type="button"
          className="link"
          onClick={() => {
            reset()
            setCode('')
            setRecovery(!recovery)
          }}
        >
          {t(recovery ? 'entry.secondFactor.useCode' : 'entry.secondFactor.useRecovery')}
        </button>
        <button type="button" className="link" onClick={another}>
          {t('entry.secondFactor.another')}
        </button>
      </p>
    </form>
  )
}
