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
        <h2>{t('me.sessions.title')}</h2>
        <p>{t('me.sessions.why')}</p>
        {others ? (
          <button
            type="button"
            className="btn end"
            disabled={endingOthers.isLoading}
            onClick={async () => {
              const { data } = await endOthers()
              if (data) announce({ message: t('me.sessions.ended', { count: data.ended }) })
            }}
          >
            {t('me.sessions.endOthers')}
          </button>
        ) : null}
      </div>
      <IdentityProblem error={ending.error ?? endingOthers.error} />
      <ListState of={sessions} empty={t('me.sessions.none')}>
        {(rows) => (
          <PlainTable
            label={t('me.sessions.title')}
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
      head: t('me.sessions.device'),
      card: 'a',
      sortBy: ({ device }) => device,
      text: ({ device }) => device,
      cell: ({ device, current }) => (
        <span className="name">
          <b>{device}</b>
          {current ? <span className="tag ok">{t('me.sessions.current')}</span> : null}
        </span>
      ),
    },
    {
      id: 'address',
      head: t('me.sessions.address'),
      card: 'c',
      sortBy: ({ address }) => address,
      text: ({ address }) => address,
      cell: ({ address }) => <span className="num">{address}</span>,
    },
    {
      id: 'opened',
      head: t('me.sessions.opened'),
      sortBy: ({ openedAt }) => openedAt,
      text: ({ openedAt }) => openedAt,
      cell: ({ openedAt }) => moment(openedAt),
    },
    {
      id: 'lastSeen',
      head: t('me.sessions.lastSeen'),
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
            aria-label={t('me.sessions.endOf', { device })}
            onClick={() => end(id)}
          >
            {t('me.sessions.end')}
          </button>
        ),
    },
  ]
}
