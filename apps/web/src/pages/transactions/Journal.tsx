import type { Problem, Schema } from '@pe/sdk/client.ts'
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import { ColumnChooser } from '../../components/common/ColumnChooser.tsx'
import { DataTable } from '../../components/common/DataTable.tsx'
import { ProblemNote } from '../../components/common/ProblemNote.tsx'
import type { TableView } from '../../components/common/table-column.ts'
import { useTableView } from '../../components/common/useTableView.ts'
import { Skeleton, Waiting } from '../../components/common/Waiting.tsx'
import { useFormat } from '../../hooks/useFormat.ts'
import { useMedia } from '../../hooks/useMedia.ts'
import { usePhone } from '../../hooks/usePhone.ts'
import { useView } from '../../hooks/useView.ts'
import { knownAtOf } from '../../hooks/view.ts'
import { type JournalQuestion, useJournalInfiniteQuery } from '../../services/journal-api.ts'
import { useAccountsQuery, useInstrumentsQuery } from '../../services/portfolio-api.ts'
import { journalColumns } from './JournalColumns.tsx'
import { JournalFilters } from './JournalFilters.tsx'
import { type JournalRow, journalRows, kindOf, rowIdOf } from './journal-rows.ts'
import { useVoid } from './useVoid.ts'

const HistoryDrawer = lazy(() => import('./HistoryDrawer.tsx'))
/** What does not count looks like it. */
const stateClass: Readonly<Record<Schema<'TransactionState'>, string>> = { posted: '', draft: 'dim draft', void: 'dim void' }
const start: TableView = { sort: null, columns: null, group: null }

/** Transactions by month, newest first; the next ones are fetched as the end of the list comes near. */
export function Journal({ portfolio, onEdit }: { portfolio: Schema<'Portfolio'>; onEdit: (transaction: JournalRow) => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const phone = usePhone()
  const narrow = useMedia('(min-width: 761px) and (max-width: 1400px)')
  const question = useQuestion(portfolio.id)
  const { search } = useView()
  const journal = useJournalInfiniteQuery(question)
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const [history, setHistory] = useState<JournalRow | null>(null)
  const found = useMemo(() => journal.data?.pages.flatMap(({ items }) => items) ?? [], [journal.data])
  const rows = useMemo(() => journalRows(found, open), [found, open])
  const asKnown = question.knownAt !== undefined
  const accounts = useAccountsQuery({ portfolioId: portfolio.id }).data
  const instruments = useInstrumentsQuery({}).data
  const onVoid = useVoid()
  const { tableView, changeTable } = useTableView(start)
  const names = useMemo(() => {
    const accountNames = new Map(accounts?.map(({ id, name }) => [id, name]))
    const known = new Map(instruments?.map((instrument) => [instrument.id, instrument]))
    return { accountOf: (id: string) => accountNames.get(id) ?? '', instrumentOf: (id: string) => known.get(id) }
  }, [accounts, instruments])
  const columns = useMemo(() => {
    const toggle = (row: JournalRow) =>
      setOpen((before) =>
        before.has(rowIdOf(row)) ? new Set([...before].filter((id) => id !== rowIdOf(row))) : new Set([...before, rowIdOf(row)]),
      )
    return journalColumns({
      t,
      format,
      narrow,
      search,
      ...names,
      acts: { onEdit, onVoid, onHistory: setHistory, onToggle: toggle, isOpen: (row) => open.has(rowIdOf(row)), asKnown },
    })
  }, [t, format, narrow, search, names, onEdit, onVoid, open, asKnown])
  const filtered = Object.keys(question).length > 1
  const titleOf = (row: JournalRow) =>
    [t(`kind.${kindOf(row)}`), names.instrumentOf(row.instrumentId ?? '')?.name].filter(Boolean).join(' · ')
  if (journal.isLoading) return <Skeleton chart={false} rows={12} />
  return (
    <>
      <JournalFilters>
        <ColumnChooser columns={columns} view={tableView} onChange={(shown) => changeTable({ columns: shown })} />
      </JournalFilters>
      {journal.error ? <ProblemNote problem={journal.error as Problem} retry={journal.refetch} /> : null}
      {rows.length === 0 && !journal.error ? <Nothing filtered={filtered} /> : null}
      {rows.length > 0 ? (
        <Waiting on={journal.isFetching && !journal.isFetchingNextPage}>
          <DataTable
            className="tx"
            label={t('shell.places.transactions')}
            columns={columns}
            rows={rows}
            rowId={(row) => `${rowIdOf(row)}${row.within ? ' leg' : ''}`}
            view={tableView}
            onSort={(sort) => changeTable({ sort })}
            groupOf={tableView.sort ? undefined : (row) => ({ key: row.date.slice(0, 7), name: monthOf(row.date, format.locale) })}
            touch={phone}
            rowClass={(row) => `${stateClass[row.state]} ${row.within ? 'leg' : ''}`.trim()}
          />
        </Waiting>
      ) : null}
      {history ? (
        <Suspense>
          <HistoryDrawer transaction={history} title={titleOf(history)} close={() => setHistory(null)} {...names} />
        </Suspense>
      ) : null}
      {journal.hasNextPage ? <More onNear={journal.fetchNextPage} busy={journal.isFetchingNextPage} /> : null}
    </>
  )
}

/** What the address asks of the journal. */
function useQuestion(portfolioId: string): JournalQuestion {
  const { view } = useView()
  const [params] = useSearchParams()
  const [kind, state, text] = [params.get('kind'), params.get('state'), params.get('text')]
  const [until, review] = [params.get('until'), params.get('review') === '1']
  return useMemo(
    () => ({
      portfolioId,
      ...(view.accountId ? { accountId: view.accountId } : {}),
      ...(view.instrumentId ? { instrumentId: view.instrumentId } : {}),
      ...(kind ? { kind: kind as Schema<'TransactionKind'> } : {}),
      ...(state ? { state: state as Schema<'TransactionState'> } : {}),
      ...(text ? { text } : {}),
      ...(until ? { to: until } : {}),
      ...(review ? { needsReview: true } : {}),
      ...knownAtOf(view),
    }),
    [portfolioId, view, kind, state, text, until, review],
  )
}

function Nothing({ filtered }: { filtered: boolean }) {
  const { t } = useTranslation()
  const { search } = useView()
  return (
    <p className="note calm">
      {filtered ? t('transactions.nothingFound') : t('transactions.nothingYet')}{' '}
      {filtered ? null : <Link to={`/import${search}`}>{t('transactions.importOne')}</Link>}
    </p>
  )
}

/** The foot of the list; when it comes into view, the next page is fetched. */
function More({ onNear, busy }: { onNear: () => void; busy: boolean }) {
  const { t } = useTranslation()
  const foot = useRef<HTMLParagraphElement>(null)
  useEffect(() => {
    if (!foot.current || typeof IntersectionObserver === 'undefined') return
    const watcher = new IntersectionObserver((seen) => seen.some(({ isIntersecting }) => isIntersecting) && onNear(), {
      rootMargin: '1200px',
    })
    watcher.observe(foot.current)
    return () => watcher.disconnect()
  }, [onNear])
  return (
    <p ref={foot} className="centred">
      <button type="button" className="btn" disabled={busy} onClick={onNear}>
        {t('transactions.more')}
      </button>
    </p>
  )
}

function monthOf(date: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`))
}
