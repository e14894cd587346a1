import type { Schema } from '@pe/sdk/client.ts'
import type { TFunction } from 'i18next'
import type { TableColumn } from '../../components/common/table-column.ts'
import type { FigureFormat } from '../../hooks/figure-format.ts'
import { ActionsCell, CashCell, ChargeCell, OpenLink, PriceCell, type RowActs, StateCell, UnitsCell, WhatCell } from './JournalCells.tsx'
import { type JournalRow, kindOf } from './journal-rows.ts'

interface ColumnNeeds {
  readonly t: TFunction
  readonly format: FigureFormat
  /** Little room: fee and tax start hidden, so that names can be read. */
  readonly narrow: boolean
  readonly accountOf: (id: string) => string
  readonly instrumentOf: (id: string) => Schema<'Instrument'> | undefined
  readonly acts: RowActs
  /** What the address carries along to the page of a transaction. */
  readonly search: string
}

/** Every column of the journal, in the order in which they stand at first. */
export function journalColumns({ t, format, narrow, accountOf, instrumentOf, acts, search }: ColumnNeeds): TableColumn<JournalRow>[] {
  const head = (id: string) => t(`transactions.column.${id}`)
  const what = (row: JournalRow) => (row.instrumentId ? (instrumentOf(row.instrumentId)?.name ?? '') : row.note)
  const number = (text: string | null) => (text === null ? null : Number(text))
  return [
    { id: 'state', head: head('state'), width: 112, pinned: true, cell: (row) => <StateCell of={row} />, text: (row) => row.state },
    {
      id: 'date',
      head: head('date'),
      // "28. Sept. 2026" with its year
      width: 116,
      card: 'c',
      cell: (row) => (
        <>
          {format.day(row.date)}
          <span className="only-phone kindp"> · {accountOf(row.accountId)}</span>
        </>
      ),
      text: (row) => row.date,
      sortBy: (row) => row.date,
    },
    {
      id: 'kind',
      head: head('kind'),
      width: 116,
      className: 'kind',
      cell: (row) => <OpenLink of={row} search={search} words={t(`kind.${kindOf(row)}`)} />,
      text: kindOf,
      sortBy: (row) => t(`kind.${kindOf(row)}`),
    },
    {
      id: 'what',
      head: head('what'),
      card: 'a',
      cell: (row) => (
        <WhatCell of={row} acts={acts} search={search} instrument={row.instrumentId ? instrumentOf(row.instrumentId) : undefined} />
      ),
      text: what,
      sortBy: what,
    },
    {
      id: 'account',
      head: head('account'),
      className: 'soft',
      width: 112,
      cell: (row) => (row.toAccountId ? `${accountOf(row.accountId)} → ${accountOf(row.toAccountId)}` : accountOf(row.accountId)),
      text: (row) => accountOf(row.accountId),
      sortBy: (row) => accountOf(row.accountId),
    },
    {
      id: 'units',
      head: head('units'),
      numeric: true,
      // Units with six decimals: a number that is cut off is none.
      width: 92,
      cell: (row) => <UnitsCell of={row} />,
      text: (row) => row.quantity ?? '',
      sortBy: (row) => number(row.quantity),
    },
    {
      id: 'price',
      head: head('price'),
      numeric: true,
      width: 80,
      cell: (row) => <PriceCell of={row} />,
      text: (row) => row.price ?? '',
      sortBy: (row) => number(row.price),
    },
    {
      id: 'currency',
      head: head('currency'),
      className: 'soft',
      width: 72,
      cell: (row) => row.cashEffect?.currency ?? row.currency,
      text: (row) => row.currency,
      sortBy: (row) => row.currency,
    },
    {
      id: 'fee',
      head: head('fee'),
      numeric: true,
      width: 64,
      startsHidden: narrow,
      cell: (row) => <ChargeCell amount={row.fee} />,
      text: (row) => row.fee,
      sortBy: (row) => number(row.fee),
    },
    {
      id: 'tax',
      head: head('tax'),
      numeric: true,
      width: 64,
      startsHidden: narrow,
      cell: (row) => <ChargeCell amount={row.tax} />,
      text: (row) => row.tax,
      sortBy: (row) => number(row.tax),
    },
    {
      id: 'cash',
      head: head('cash'),
      numeric: true,
      width: 100,
      card: 'b',
      cell: (row) => <CashCell of={row} />,
      text: (row) => row.cashEffect?.amount ?? '',
      sortBy: (row) => number(row.cashEffect?.amount ?? null),
    },
    {
      id: 'note',
      head: head('note'),
      startsHidden: true,
      className: 'soft',
      cell: (row) => row.note,
      text: (row) => row.note,
      sortBy: (row) => row.note,
    },
    {
      id: 'actions',
      head: t('waiting.actions'),
      quietHead: true,
      numeric: true,
      width: 88,
      card: 'd',
      cell: (row) => <ActionsCell of={row} acts={acts} />,
      text: () => '',
    },
  ]
}
