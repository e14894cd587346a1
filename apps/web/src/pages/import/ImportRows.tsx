import type { Problem, Schema } from '@pe/sdk/client.ts'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DataTable } from '../../components/common/DataTable.tsx'
import { ProblemNote } from '../../components/common/ProblemNote.tsx'
import { Segments } from '../../components/common/Segments.tsx'
import type { TableColumn, TableView } from '../../components/common/table-column.ts'
import { useFormat } from '../../hooks/useFormat.ts'
import { usePhone } from '../../hooks/usePhone.ts'
import { useImportRowsInfiniteQuery } from '../../services/import-api.ts'
import { ImportRowState } from './ImportRowState.tsx'
import { reasonWords } from './note-words.ts'

type Row = Schema<'ImportRow'>
type Shown = Schema<'RowState'> | 'all'

/** What happens to each row of the file, with the reason where nothing does. */
export function ImportRows({ of }: { of: Schema<'Import'> }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { counts } = of
  const [state, setState] = useState<Shown>(counts.error > 0 ? 'error' : 'all')
  const [sort, setSort] = useState<TableView['sort']>(null)
  const rows = useImportRowsInfiniteQuery({ importId: of.id, ...(state === 'all' ? {} : { state }) })
  const all = useMemo(() => rows.data?.pages.flatMap((page) => page.items) ?? [], [rows.data])
  const columns = useColumns()
  const phone = usePhone()
  const choices: readonly [Shown, number][] = [
    ['all', counts.rows],
    ['ok', counts.ok],
    ['needs-decision', counts.needsDecision],
    ['error', counts.error],
    ['duplicate', counts.duplicate],
    ['ignored', counts.ignored],
  ]
  return (
    <section className="sec">
      <div className="filters">
        <Segments
          label={t('import.show')}
          value={state}
          onChoose={setState}
          choices={choices
            .filter(([value, count]) => value === 'all' || count > 0)
            .map(([value, count]) => ({ value, words: `${t(`import.state.${value}`)} ${format.count(count)}` }))}
        />
      </div>
      {rows.error ? <ProblemNote problem={rows.error as Problem} retry={rows.refetch} /> : null}
      <DataTable
        className="imp-rows"
        label={t('import.rows')}
        columns={columns}
        rows={all}
        rowId={(row) => String(row.row)}
        view={{ sort, columns: null, group: null }}
        onSort={setSort}
        touch={phone}
        rowClass={(row) => (row.state === 'duplicate' || row.state === 'ignored' ? 'dim' : '')}
      />
      {rows.hasNextPage ? (
        <p className="centred">
          <button type="button" className="btn" disabled={rows.isFetchingNextPage} onClick={() => rows.fetchNextPage()}>
            {t('import.moreRows', {
              shown: format.count(all.length),
              total: format.count(choices.find(([value]) => value === state)?.[1] ?? 0),
            })}
          </button>
        </p>
      ) : null}
    </section>
  )
}

function useColumns(): readonly TableColumn<Row>[] {
  const { t } = useTranslation()
  const format = useFormat()
  return useMemo(() => {
    const kind = (row: Row) => (row.becomes ? t(`kind.${row.becomes}`, { defaultValue: row.becomes }) : '')
    return [
      {
        id: 'state',
        head: t('import.column.state'),
        card: 'd',
        width: 120,
        cell: (row) => <ImportRowState of={row} />,
        text: (row) => row.state,
      },
      {
        id: 'line',
        head: t('import.column.line'),
        numeric: true,
        width: 72,
        className: 'muted',
        cell: (row) => format.count(row.line),
        text: (row) => String(row.line),
        sortBy: (row) => row.line,
      },
      {
        id: 'date',
        head: t('import.column.date'),
        card: 'c',
        width: 112,
        cell: (row) => (row.date ? format.day(row.date) : ''),
        text: (row) => row.date ?? '',
        sortBy: (row) => row.date,
      },
      { id: 'kind', head: t('import.column.kind'), width: 132, cell: kind, text: kind, sortBy: kind },
      {
        id: 'instrument',
        head: t('import.column.instrument'),
        card: 'a',
        cell: (row) => (
          <span className="name">
            {kind(row) && (row.instrument || row.account) ? <span className="only-phone kindp">{`${kind(row)} · `}</span> : null}
            {row.instrument ? <b>{row.instrument}</b> : <span className="soft">{row.account ?? kind(row)}</span>}
            {row.instrument && row.account ? <small className="no-phone">{row.account}</small> : null}
          </span>
        ),
        text: (row) => row.instrument ?? row.account ?? '',
        sortBy: (row) => row.instrument ?? row.account,
      },
      {
        id: 'quantity',
        head: t('import.column.quantity'),
        numeric: true,
        width: 96,
        cell: (row) => (isSeries(row) ? '' : asUnits(row.quantity, format.units)),
        text: (row) => row.quantity ?? '',
      },
      {
        id: 'amount',
        head: t('import.column.amount'),
        card: 'b',
        numeric: true,
        width: 132,
        cell: (row) => (row.amount ? `${asUnits(row.amount, isQuoted(row) ? format.price : format.money)} ${row.currency ?? ''}` : ''),
        text: (row) => row.amount ?? '',
      },
      {
        id: 'reason',
        head: t('import.column.found'),
        className: 'why2',
        cell: (row) => <Reason of={row} />,
        text: (row) => row.reason ?? '',
      },
    ]
  }, [t, format])
}

/** A row in error may hold anything in the place of a number: it is shown as it stands. */
function asUnits(text: string | null, write: (number: string) => string): string {
  if (text === null) return ''
  return /^-?\d+(\.\d+)?$/.test(text) ? write(text) : text
}

/** A close or a rate is shown with all its places: to the cent, 1.2043 and 1.1955 would look alike. */
function isQuoted(row: Row): boolean {
  return row.becomes === 'close' || row.becomes === 'rate'
}

/** A whole series of closes or rates stands as one row; its quantity counts them. */
function isSeries(row: Row): boolean {
  return row.becomes === 'closes' || row.becomes === 'rates'
}

function Reason({ of }: { of: Row }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (!of.reason && isSeries(of) && of.quantity) return <span className="muted">{t('import.days', { count: Number(of.quantity) })}</span>
  if (!of.reason) return null
  return (
    <>
      <span className="muted at-line">
        {t('import.column.line')} {format.count(of.line)}:{' '}
      </span>
      {of.field ? <span className="muted">{t(`import.field.${of.field}`, { defaultValue: of.field })}: </span> : null}
      {reasonWords(of, t, format)}
    </>
  )
}
