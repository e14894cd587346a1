import type { Schema } from '@pe/sdk/client.ts'
import { useTranslation } from 'react-i18next'
import { useToast } from '../../components/common/toast-context.ts'
import { IdentityProblem } from '../../components/identity/IdentityProblem.tsx'
import { ListState } from '../../components/identity/ListState.tsx'
import { PlainTable } from '../../components/identity/PlainTable.tsx'
import { type Role, useChangeMemberMutation, useMembersQuery } from '../../services/organisation-api.ts'
import { usePeopleColumns } from './PeopleColumns.tsx'
import { RolesExplained } from './RolesExplained.tsx'

/** Who belongs to the organisation, and as what. */
export function People({ me, mayChange }: { me: Schema<'Me'>; mayChange: boolean }) {
  const { t } = useTranslation()
  const { announce } = useToast()
  const members = useMembersQuery()
  const [change, changing] = useChangeMemberMutation()
  const give = async (member: Schema<'Member'>, role: Role) => {
    const { data } = await change({ personId: member.id, change: { role } })
    if (!data) return
    announce({
      message: t('organisation.roleChanged', { name: member.name, role: t(`identity.role.${role}`) }),
      undo: () => change({ personId: member.id, change: { role: member.role } }),
    })
  }
  const disable = async (member: Schema<'Member'>) => {
    const disabled = member.disabledAt === null
    const { data } = await change({ personId: member.id, change: { disabled } })
    if (!data) return
    announce({
      message: t(disabled ? 'organisation.disabled' : 'organisation.enabled', { name: member.name }),
      undo: () => change({ personId: member.id, change: { disabled: !disabled } }),
    })
  }
  const columns = usePeopleColumns({ me, mayChange, busy: changing.isLoading, give, disable })
  return (
    <section className="sec">
      <div className="sec-head">
        <h2>{t('organisation.people')}</h2>
        <p>{members.data ? t('organisation.peopleCount', { count: members.data.length }) : null}</p>
      </div>
      <IdentityProblem error={changing.error} />
      <ListState of={members} empty={t('organisation.nobody')}>
        {(rows) => (
          <PlainTable
            label={t('organisation.people')}
            columns={columns}
            rows={rows}
            rowId={({ id }) => id}
            sortedBy={{ id: 'name', desc: false }}
            rowClass={({ disabledAt }) => (disabledAt === null ? '' : 'dim')}
          />
        )}
      </ListState>
      <RolesExplained />
    </section>
  )
}
