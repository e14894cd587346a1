import { Readable } from 'node:stream'
import type { Call } from '@pe/contracts/actor.ts'
import type { RealisedGain } from '@pe/contracts/realised-gains.ts'
import type { BytesReply } from '@pe/contracts/route.ts'
import type { Deps } from '../deps.ts'
import type { Cell } from '../downloads/cell.ts'
import { csvLines } from '../downloads/csv.ts'
import { workbookOf } from '../downloads/xlsx.ts'
import type { FigureScope } from '../scopes/figure-scope.ts'
import { accountNames } from './account-names.ts'
import { kindsIn, rowFigures } from './gain-figures.ts'
import { figureGains, type GainsQuery } from './realised-gains.ts'

const columns = [
  'instrument',
  'symbol',
  'account',
  'kind',
  'units',
  'acquiredOn',
  'soldOn',
  'days',
  'term',
  'currency',
  'proceeds',
  'cost',
  'gain',
  'currencyGain',
  'washSaleUnits',
  'lotId',
  'transactionId',
] as const

/** All rows of the period as a table, names as texts and amounts as numbers; what is unknown is an empty cell. */
export async function exportGains(
  deps: Deps,
  call: Call,
  scope: FigureScope,
  query: GainsQuery & { readonly format: 'csv' | 'xlsx' },
): Promise<BytesReply> {
  const { book, asked, gains } = await figureGains(deps, call, scope, query)
  const accounts = await accountNames(
    deps,
    call,
    gains.rows.map(({ accountId }) => accountId),
  )
  const kinds = kindsIn(book)
  const rows = gains.rows.map((row) => cellsOf(rowFigures(book, row, scope.currency, accounts, kinds)))
  const fileName = `realised-gains-${asked.from}-${asked.to}.${query.format}`
  if (query.format === 'csv') return { contentType: 'text/csv; charset=utf-8', fileName, stream: Readable.from(csvLines(columns, rows)) }
  const contentType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  return { contentType, fileName, stream: Readable.from([workbookOf('Realised gains', columns, rows)]) }
}

function cellsOf(row: RealisedGain): Cell[] {
  const text = (value: string | null): Cell => ({ type: 'text', value: value ?? '' })
  const number = (value: string | number | null): Cell => (value === null ? text('') : { type: 'number', value: String(value) })
  const day = (value: string): Cell => ({ type: 'day', value })
  return [
    text(row.instrument),
    text(row.symbol),
    text(row.account),
    text(row.kind),
    number(row.units),
    day(row.acquiredOn),
    day(row.soldOn),
    number(row.days),
    text(row.term),
    text(row.gain.currency),
    number(row.proceeds.amount),
    number(row.cost.amount),
    number(row.gain.amount),
    number(row.currencyGain.amount),
    number(row.washSaleUnits),
    text(row.lotId),
    text(row.transactionId),
  ]
}
