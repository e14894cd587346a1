import type { Schema } from '@pe/sdk/client.ts'
import { useTranslation } from 'react-i18next'
import type { TableColumn } from '../../components/common/table-column.ts'
import { useToast } from '../../components/common/toast-context.ts'
import { IdentityProblem } from '../../components/identity/IdentityProblem.tsx'
import { ListState } from '../../components/identity/ListState.tsx'
import { PlainTable } from '../../components/identity/PlainTable.tsx'
import { useMoment } from '../../components/identity/useMoment.ts'
import { useEndOtherSessionsMutation, useEndSessionMutation, useSessionsQuery } from '../../services/identity-api.ts'

/** Where this person is signed in, and the way to end that. */
export function SessionsSection() {
  const { t } = useTranslation()
  const { announce } = useToast()
  const sessions = useSessionsQuery()
  const [end, ending] = useEndSessionMutation()
  const [endOthers, endingOthers] = useEndOtherSessionsMutation()
  const columns = useColumns((id) => end(id), ending.isLoading)
  const others = (sessions.data ?? []).some(({ current }) => !current)
  return (
    <section className="sec">
      <div className="sec-head">
        <h2>{t('person.sessions.title')}</h2>
        <p>{t('person.sessions.why')}</p>
        {others ? (
          <button
            type="button"
            className="btn end"
            disabled={endingOthers.isLoading}
            onClick={async () => {
              const { data } = await endOthers()
              if (data) announce({ message: t('person.sessions.ended', { count: data.ended }) })
            }}
          >
            {t('person.sessions.endOthers')}
          </button>
        ) : null}
      </div>
      <IdentityProblem error={ending.error ?? endingOthers.error} />
      <ListState of={sessions} empty={t('person.sessions.none')}>
        {(rows) => (
          <PlainTable
            label={t('person.sessions.title')}
            columns={columns}
            rows={rows}
            rowId={({ id }) => id}
            sortedBy={{ id: 'lastSeen', desc: true }}
          />
        )}
      </ListState>
    </section>
  )
}

function useColumns(end: (id: string) => void, busy: boolean): TableColumn<Schema<'Session'>>[] {
  const { t } = useTranslation()
  const { moment } = useMoment()
  return [
    {
      id: 'device',
      head: t('person.sessions.device'),
      card: 'a',
      sortBy: ({ device }) => device,
      text: ({ device }) => device,
      cell: ({ device, current }) => (
        <span className="name">
          <b>{device}</b>
          {current ? <span className="tag ok">{t('person.sessions.current')}</span> : null}
        </span>
      ),
    },
    {
      id: 'address',
      head: t('person.sessions.address'),
      card: 'c',
      sortBy: ({ address }) => address,
      text: ({ address }) => address,
      cell: ({ address }) => <span className="num">{address}</span>,
    },
    {
      id: 'opened',
      head: t('person.sessions.opened'),
      sortBy: ({ openedAt }) => openedAt,
      text: ({ openedAt }) => openedAt,
      cell: ({ openedAt }) => moment(openedAt),
    },
    {
      id: 'lastSeen',
      head: t('person.sessions.lastSeen'),
      card: 'd',
      sortBy: ({ lastSeenAt }) => lastSeenAt,
      text: ({ lastSeenAt }) => lastSeenAt,
      cell: ({ lastSeenAt }) => moment(lastSeenAt),
    },
    {
      id: 'acts',
      head: t('waiting.actions'),
      quietHead: true,
      card: 'b',
      numeric: true,
      text: () => '',
      cell: ({ id, current, device }) =>
        current ? null : (
          <button
            type="button"
            className="btn quiet"
            disabled={busy}
            aria-label={t('person.sessions.endOf', { device })}
            onClick={() => end(id)}
          >
            {t('person.sessions.end')}
          </button>
        ),
    },
  ]
}
