import type { Schema } from '@pe/sdk/client.ts'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useToast } from '../../components/common/toast-context.ts'
import { IdentityProblem } from '../../components/identity/IdentityProblem.tsx'
import { ListState } from '../../components/identity/ListState.tsx'
import { PlainTable } from '../../components/identity/PlainTable.tsx'
import { TextField } from '../../components/identity/TextField.tsx'
import { type Role, useInvitationsQuery, useInviteMutation, useWithdrawInvitationMutation } from '../../services/organisation-api.ts'
import { useInvitationColumns } from './InvitationColumns.tsx'
import { rolesToGive } from './roles.ts'

/** Who was asked to join and has not answered; and the way to ask somebody. */
export function Invitations({ me }: { me: Schema<'Me'> }) {
  const { t } = useTranslation()
  const { announce } = useToast()
  const [open, setOpen] = useState(false)
  const invitations = useInvitationsQuery()
  const [withdraw, withdrawing] = useWithdrawInvitationMutation()
  const columns = useInvitationColumns(async ({ id, email }) => {
    const answer = await withdraw(id)
    if (!('error' in answer)) announce({ message: t('organisation.withdrawn', { email }) })
  }, withdrawing.isLoading)
  return (
    <section className="sec">
      <div className="sec-head">
        <h2>{t('organisation.invitations')}</h2>
        <p>{t('organisation.invitationsWhy')}</p>
        {open ? null : (
          <button type="button" className="btn pri end" onClick={() => setOpen(true)}>
            {t('organisation.invite')}
          </button>
        )}
      </div>
      {open ? <Invite by={me.role} close={() => setOpen(false)} /> : null}
      <IdentityProblem error={withdrawing.error} />
      <ListState of={invitations} empty={t('organisation.noInvitations')}>
        {(rows) => (
          <PlainTable
            label={t('organisation.invitations')}
            columns={columns}
            rows={rows}
            rowId={({ id }) => id}
            sortedBy={{ id: 'expires', desc: false }}
          />
        )}
      </ListState>
    </section>
  )
}

function Invite({ by, close }: { by: Role; close: () => void }) {
  const { t } = useTranslation()
  const { announce } = useToast()
  const [invite, { isLoading, error }] = useInviteMutation()
  const [email, setEmail] = useState('')
  const [role, setRole] = useState<Role>('viewer')
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const { data } = await invite({ email: email.trim(), role })
    if (!data) return
    announce({ message: t('organisation.invited', { email: data.email }) })
    close()
  }
  return (
    <form className="fields narrow open-form" onSubmit={submit}>
      <IdentityProblem error={error} words={{ email_taken: t('organisation.alreadyHere') }} />
      <TextField
        label={t('entry.email')}
        value={email}
        onChange={setEmail}
        type="email"
        autoComplete="off"
        required
        maxLength={254}
        autoFocus
      />
      <label className="field">
        <span>{t('organisation.role')}</span>
        <select className="input" value={role} onChange={({ target }) => setRole(target.value as Role)}>
          {rolesToGive(by).map((one) => (
            <option key={one} value={one}>
              {t(`identity.role.${one}`)}
            </option>
          ))}
        </select>
        <small className="muted">{t(`identity.roleMeans.${role}`)}</small>
      </label>
      <div className="ends start">
        <button type="submit" className="btn pri" disabled={isLoading || email.trim() === ''}>
          {t('organisation.send')}
        </button>
        <button type="button" className="btn" onClick={close}>
          {t('identity.cancel')}
        </button>
      </div>
    </form>
  )
}
