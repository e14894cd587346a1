import type { Schema } from '@pe/sdk/client.ts'
import { useTranslation } from 'react-i18next'
import type { TableColumn } from '../../components/common/table-column.ts'
import { useMoment } from '../../components/identity/useMoment.ts'
import type { Role } from '../../services/organisation-api.ts'
import { roles, rolesToGive } from './roles.ts'

type Member = Schema<'Member'>

interface PeopleActs {
  readonly me: Schema<'Me'>
  readonly mayChange: boolean
  readonly busy: boolean
  readonly give: (member: Member, role: Role) => void
  readonly disable: (member: Member) => void
}

/** What the table of people shows; roles are changed in the row. */
export function usePeopleColumns({ me, mayChange, busy, give, disable }: PeopleActs): TableColumn<Member>[] {
  const { t } = useTranslation()
  const { day, moment } = useMoment()
  const given = rolesToGive(me.role)
  const changeable = ({ role }: Member) => mayChange && given.includes(role)
  return [
    {
      id: 'name',
      head: t('organisation.person'),
      card: 'a',
      sortBy: ({ name }) => name,
      text: ({ name }) => name,
      cell: ({ id, name, email, disabledAt }) => (
        <span className="person">
          <span>
            <b>{name}</b>
            {id === me.id ? <span className="tag">{t('organisation.you')}</span> : null}
            {disabledAt === null ? null : <span className="tag warn">{t('organisation.disabledTag')}</span>}
          </span>
          <small>{email}</small>
        </span>
      ),
    },
    {
      id: 'role',
      head: t('organisation.role'),
      card: 'b',
      width: 148,
      sortBy: ({ role }) => String(roles.indexOf(role)),
      text: ({ role }) => role,
      cell: (member) =>
        changeable(member) && member.disabledAt === null ? (
          <select
            className="input sm"
            aria-label={t('organisation.roleOf', { name: member.name })}
            value={member.role}
            disabled={busy}
            onChange={({ target }) => give(member, target.value as Role)}
          >
            {given.map((role) => (
              <option key={role} value={role}>
                {t(`identity.role.${role}`)}
              </option>
            ))}
          </select>
        ) : (
          t(`identity.role.${member.role}`)
        ),
    },
    {
      id: 'secondFactor',
      head: t('organisation.secondFactor'),
      card: 'c',
      width: 128,
      sortBy: ({ secondFactor }) => (secondFactor ? '1' : '0'),
      text: ({ secondFactor }) => (secondFactor ? '1' : '0'),
      cell: ({ secondFactor }) => (
        <>
          <span className="phone-word">{`${t('organisation.secondFactor')}: `}</span>
          {t(secondFactor ? 'organisation.withFactor' : 'organisation.withoutFactor')}
        </>
      ),
    },
    {
      id: 'lastSeen',
      head: t('organisation.lastSeen'),
      width: 168,
      sortBy: ({ lastSeenAt }) => lastSeenAt,
      text: ({ lastSeenAt }) => lastSeenAt ?? '',
      cell: ({ lastSeenAt, joinedAt }) =>
        lastSeenAt === null ? <span className="muted">{t('organisation.neverSeen', { day: day(joinedAt) })}</span> : moment(lastSeenAt),
    },
    {
      id: 'acts',
      head: t('waiting.actions'),
      quietHead: true,
      card: 'd',
      width: 124,
      numeric: true,
      text: () => '',
      cell: (member) =>
        changeable(member) && member.id !== me.id ? (
          <button
            type="button"
            className="btn quiet"
            disabled={busy}
            aria-label={t(member.disabledAt === null ? 'organisation.disableOf' : 'organisation.enableOf', { name: member.name })}
            onClick={() => disable(member)}
          >
            {t(member.disabledAt === null ? 'organisation.disable' : 'organisation.enable')}
          </button>
        ) : null,
    },
  ]
}
