import type { Schema } from '@pe/sdk/client.ts'
import { useTranslation } from 'react-i18next'
import type { TableColumn } from '../../components/common/table-column.ts'
import { useMoment } from '../../components/identity/useMoment.ts'
import { useMembersQuery } from '../../services/organisation-api.ts'

type Invitation = Schema<'Invitation'>

export function useInvitationColumns(withdraw: (invitation: Invitation) => void, busy: boolean): TableColumn<Invitation>[] {
  const { t } = useTranslation()
  const { day } = useMoment()
  const members = useMembersQuery().data
  return [
    {
      id: 'email',
      head: t('entry.email'),
      card: 'a',
      sortBy: ({ email }) => email,
      text: ({ email }) => email,
      cell: ({ email }) => (
        <span className="name">
          <b>{email}</b>
        </span>
      ),
    },
    {
      id: 'role',
      head: t('organisation.role'),
      card: 'c',
      width: 148,
      sortBy: ({ role }) => role,
      text: ({ role }) => role,
      cell: ({ role }) => t(`identity.role.${role}`),
    },
    {
      id: 'by',
      head: t('organisation.invitedBy'),
      width: 168,
      text: ({ invitedBy }) => invitedBy,
      cell: ({ invitedBy }) => members && (members.find(({ id }) => id === invitedBy)?.name ?? t('organisation.somebodyGone')),
    },
    {
      id: 'expires',
      head: t('organisation.goodUntil'),
      card: 'd',
      width: 128,
      sortBy: ({ expiresAt }) => expiresAt,
      text: ({ expiresAt }) => expiresAt,
      cell: ({ expiresAt }) => (
        <>
          <span className="phone-word">{`${t('organisation.goodUntil')} `}</span>
          {day(expiresAt)}
        </>
      ),
    },
    {
      id: 'acts',
      head: t('waiting.actions'),
      quietHead: true,
      card: 'b',
      width: 140,
      numeric: true,
      text: () => '',
      cell: (invitation) => (
        <button
          type="button"
          className="btn quiet"
          disabled={busy}
          aria-label={t('organisation.withdrawOf', { email: invitation.email })}
          onClick={() => withdraw(invitation)}
        >
          {t('organisation.withdraw')}
        </button>
      ),
    },
  ]
}
