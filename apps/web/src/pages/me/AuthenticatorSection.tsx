import type { Schema } from '@pe/sdk/client.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useToast } from '../../components/common/toast-context.ts'
import { IdentityProblem } from '../../components/identity/IdentityProblem.tsx'
import {
  useBeginAuthenticatorMutation,
  useRemoveAuthenticatorMutation,
  useRenewRecoveryCodesMutation,
} from '../../services/identity-api.ts'
import { SettingRow } from '../settings/SettingRow.tsx'
import { AuthenticatorSetUp } from './AuthenticatorSetUp.tsx'
import { RecoveryCodes } from './RecoveryCodes.tsx'

/** A second factor: set up, its recovery codes, taken away. */
export function AuthenticatorSection({ me }: { me: Schema<'Me'> }) {
  const { t } = useTranslation()
  const [begun, setBegun] = useState<Schema<'NewAuthenticator'> | null>(null)
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  const [begin, beginning] = useBeginAuthenticatorMutation()
  const start = async () => {
    const { data } = await begin()
    if (data) setBegun(data)
  }
  const confirmed = (recoveryCodes: readonly string[]) => {
    setBegun(null)
    setCodes(recoveryCodes)
  }
  return (
    <section className="sec">
      <div className="sec-head">
        <h2>{t('person.authenticator.title')}</h2>
        <p>
          <span className={me.secondFactor ? 'tag ok' : 'tag'}>
            {t(me.secondFactor ? 'person.authenticator.on' : 'person.authenticator.off')}
          </span>
        </p>
        {me.secondFactor || begun || codes ? null : (
          <button type="button" className="btn end" disabled={beginning.isLoading} onClick={start}>
            {t('person.authenticator.begin')}
          </button>
        )}
      </div>
      <IdentityProblem error={beginning.error} />
      {begun ? <AuthenticatorSetUp of={begun} confirmed={confirmed} cancel={() => setBegun(null)} /> : null}
      {codes ? <RecoveryCodes codes={codes} done={() => setCodes(null)} /> : null}
      {me.secondFactor && !codes ? <InUse me={me} renewed={setCodes} /> : null}
      {me.secondFactor || begun || codes ? null : <p className="tie">{t('person.authenticator.why')}</p>}
    </section>
  )
}

function InUse({ me, renewed }: { me: Schema<'Me'>; renewed: (codes: readonly string[]) => void }) {
  const { t } = useTranslation()
  const { announce } = useToast()
  const [remove, removing] = useRemoveAuthenticatorMutation()
  const [renew, renewing] = useRenewRecoveryCodesMutation()
  const [sure, setSure] = useState(false)
  return (
    <>
      <IdentityProblem error={removing.error ?? renewing.error} />
      <SettingRow
        name={<h3>{t('person.authenticator.codes')}</h3>}
        why={t('person.authenticator.codesLeft', { count: me.recoveryCodesLeft })}
      >
        <button
          type="button"
          className="btn"
          disabled={renewing.isLoading}
          onClick={async () => {
            const { data } = await renew()
            if (data) renewed(data.recoveryCodes)
          }}
        >
          {t('person.authenticator.renew')}
        </button>
      </SettingRow>
      <SettingRow name={<h3>{t('person.authenticator.remove')}</h3>} why={t('person.authenticator.removeWhy')}>
        {sure ? (
          <span className="row-acts">
            <button
              type="button"
              className="btn danger"
              disabled={removing.isLoading}
              onClick={async () => {
                const { data } = await remove()
                if (data) announce({ message: t('person.authenticator.removed') })
              }}
            >
              {t('person.authenticator.removeSure')}
            </button>
            <button type="button" className="btn" onClick={() => setSure(false)}>
              {t('identity.cancel')}
            </button>
          </span>
        ) : (
          <button type="button" className="btn" onClick={() => setSure(true)}>
            {t('identity.remove')}
          </button>
        )}
      </SettingRow>
    </>
  )
}
