import type { Call } from '@pe/contracts/actor.ts'
import type { RealisedGains } from '@pe/contracts/realised-gains.ts'
import { explainRealisedGain } from '@pe/finance/gains/explain-gains.ts'
import type { GainOptions } from '@pe/finance/gains/lots-of.ts'
import { type RealisedGains as Gains, realisedGains as gainsOf } from '@pe/finance/gains/realised-gains.ts'
import type { RealisedRow } from '@pe/finance/gains/realised-row.ts'
import { isPlainDate } from '@pe/finance/time/plain-date.ts'
import { type Cursor, cursorAfter, readCursor } from '@pe/platform/http/cursor.ts'
import type { LoadedBook } from '../books/loaded-book.ts'
import type { Deps } from '../deps.ts'
import { bookOf } from '../figures/book-of.ts'
import { firstDayOf } from '../scopes/figure-period.ts'
import { type FigureScope, lotOptions, scopeOfFinance } from '../scopes/figure-scope.ts'
import { trailNames } from '../trails/trail-names.ts'
import { accountNames } from './account-names.ts'
import { instrumentNames, kindsIn, rowFigures, totalFigures } from './gain-figures.ts'
import { type AskedGains, askedGains, type GainPeriodQuery } from './gain-period.ts'

export interface GainsQuery extends GainPeriodQuery {
  readonly rounding?: 'minorUnit' | 'none' | undefined
  readonly explain?: boolean | undefined
  readonly rowsOf?: string | undefined
  readonly cursor?: string | undefined
  readonly limit?: number | undefined
}

/** The gains of a scope before they are paged, with what they were figured from. */
export interface FiguredGains {
  readonly book: LoadedBook
  readonly asked: AskedGains
  readonly options: GainOptions
  readonly gains: Gains
}

export async function figureGains(deps: Deps, call: Call, scope: FigureScope, query: GainsQuery): Promise<FiguredGains> {
  const book = await bookOf(deps, call, scope)
  const asked = askedGains(query, firstDayOf(book, scope), deps.clock.today(call.actor.timeZone))
  const options: GainOptions = { ...lotOptions(scope), rounding: query.rounding ?? 'minorUnit' }
  return { book, asked, options, gains: gainsOf(book.book, scopeOfFinance(scope), asked, options, asked.asOf) }
}

/** What was realised over a period, lot by lot: a page of rows, and totals of all. */
export async function realisedGains(deps: Deps, call: Call, scope: FigureScope, query: GainsQuery): Promise<RealisedGains> {
  const after = readCursor(query.cursor, isPlace)
  const { book, asked, options, gains } = await figureGains(deps, call, scope, query)
  const { currency, costMethod, lotScope } = scope
  const limit = query.limit ?? 100
  const rows = rowsAfter(wantedRows(gains, query.rowsOf), after, limit + 1)
  const shown = rows.slice(0, limit)
  const accounts = await accountNames(
    deps,
    call,
    shown.map(({ accountId }) => accountId),
  )
  const kinds = kindsIn(book)
  const { basis, from, to } = asked
  return {
    ...{ from, to, basis, currency, costMethod, lotScope },
    totals: totalFigures(book, gains.totals, currency),
    byTerm: Array.from(gains.byTerm, ([term, totals]) => ({ term, totals: totalFigures(book, totals, currency) })),
    byInstrument: Array.from(gains.byInstrument, ([instrumentId, totals]) => ({
      ...instrumentNames(book, instrumentId),
      totals: totalFigures(book, totals, currency),
    })),
    byCurrency: Array.from(gains.byCurrency, ([instrumentCurrency, totals]) => ({
      instrumentCurrency,
      totals: totalFigures(book, totals, currency),
    })),
    items: shown.map((row) => rowFigures(book, row, currency, accounts, kinds)),
    next: cursorAfter(rows, limit, placeOf),
    ...(query.explain ? { trails: await trailsOf(deps, call, scope, asked, options, book) } : {}),
  }
}

async function trailsOf(deps: Deps, call: Call, scope: FigureScope, asked: AskedGains, options: GainOptions, book: LoadedBook) {
  const names = await trailNames(deps, call, book)
  return names.ofAll({ gain: explainRealisedGain(book.book, scopeOfFinance(scope), asked, options).trail })
}

function wantedRows({ rows }: Gains, instrumentId: string | undefined): readonly RealisedRow[] {
  return instrumentId === undefined ? rows : rows.filter((row) => row.instrumentId === instrumentId)
}

/** Rows that come after a place; one whose sale was voided meanwhile is found by its day. */
function rowsAfter(rows: readonly RealisedRow[], after: Cursor | undefined, count: number): readonly RealisedRow[] {
  if (!after) return rows.slice(0, count)
  const [soldOn = '', transactionId, place] = after
  const at = rows.findIndex((row) => row.transactionId === transactionId && row.place === Number(place))
  const start = at === -1 ? rows.findIndex((row) => row.soldOn > soldOn) : at + 1
  return start === -1 ? [] : rows.slice(start, start + count)
}

function placeOf({ soldOn, transactionId, place }: RealisedRow): Cursor {
  return [soldOn, transactionId, String(place)]
}

function isPlace([soldOn, transactionId, place, ...more]: Cursor): boolean {
  return isPlainDate(soldOn ?? '') && transactionId !== undefined && /^\d{1,9}$/.test(place ?? '') && more.length === 0
}
