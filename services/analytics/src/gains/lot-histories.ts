import type { Call } from '@pe/contracts/actor.ts'
import type { LotHistories, LotHistory } from '@pe/contracts/realised-gains.ts'
import { type LotHistory as History, lotHistories as historiesOf } from '@pe/finance/gains/lot-histories.ts'
import type { Currency } from '@pe/finance/money/currency.ts'
import { isPlainDate, type PlainDate } from '@pe/finance/time/plain-date.ts'
import { type Cursor, cursorAfter, readCursor } from '@pe/platform/http/cursor.ts'
import type { LoadedBook } from '../books/loaded-book.ts'
import type { Deps } from '../deps.ts'
import { bookOf } from '../figures/book-of.ts'
import { moneyFigure } from '../figures/known-figure.ts'
import { type FigureScope, lotOptions, scopeOfFinance } from '../scopes/figure-scope.ts'
import { accountNames } from './account-names.ts'
import { type AccountNames, gainFigures, instrumentNames, type Kinds, kindsIn } from './gain-figures.ts'

export interface LotsQuery {
  readonly state?: 'open' | 'closed' | undefined
  readonly asOf?: PlainDate | undefined
  readonly rounding?: 'minorUnit' | 'none' | undefined
  readonly cursor?: string | undefined
  readonly limit?: number | undefined
}

/** Every lot of a scope up to a day, oldest first: how it came, what sales took of it, what is left. */
export async function lotHistories(deps: Deps, call: Call, scope: FigureScope, query: LotsQuery): Promise<LotHistories> {
  const after = readCursor(query.cursor, isPlace)
  const book = await bookOf(deps, call, scope)
  const today = deps.clock.today(call.actor.timeZone)
  const asOf = query.asOf !== undefined && query.asOf < today ? query.asOf : today
  const options = { ...lotOptions(scope), rounding: query.rounding ?? 'minorUnit' }
  const all = historiesOf(book.book, scopeOfFinance(scope), asOf, options)
  const open = all.filter(({ held }) => held.length > 0)
  const wanted = query.state === undefined ? all : query.state === 'open' ? open : all.filter(({ held }) => held.length === 0)
  const limit = query.limit ?? 100
  const start = after ? wanted.findIndex((lot) => isAfter(lot, after)) : 0
  const rows = start === -1 ? [] : wanted.slice(start, start + limit + 1)
  const shown = rows.slice(0, limit)
  const accounts = await accountNames(
    deps,
    call,
    shown.flatMap(({ accountIds, takings }) => [...accountIds, ...takings.map(({ accountId }) => accountId)]),
  )
  const kinds = kindsIn(book)
  const { currency, costMethod, lotScope } = scope
  return {
    ...{ asOf, currency, costMethod, lotScope },
    openCount: open.length,
    closedCount: all.length - open.length,
    items: shown.map((lot) => lotFigures(book, lot, currency, accounts, kinds)),
    next: cursorAfter(rows, limit, placeOf),
  }
}

function lotFigures(book: LoadedBook, lot: History, currency: Currency, accounts: AccountNames, kinds: Kinds): LotHistory {
  const { lotId, acquiredOn, origin, held, units, cost, days, accountIds, terms, takings } = lot
  const nameOf = (accountId: string) => accounts.get(accountId) ?? accountId
  const pooled = held.some(({ purchase }) => purchase === null) && origin?.instrumentId === lot.instrumentId
  return {
    lotId,
    ...instrumentNames(book, lot.instrumentId),
    acquiredOn,
    cameBy: origin?.kind ?? null,
    unitsBought: pooled ? null : (origin?.quantity?.toString() ?? null),
    held: held.map(({ accountId, units: part }) => ({ accountId, account: nameOf(accountId), units: part.toString() })),
    units: units.toString(),
    cost: moneyFigure(book, cost, currency),
    days,
    accounts: accountIds.map((accountId) => ({ accountId, account: nameOf(accountId) })),
    terms: [...terms],
    takings: takings.map((taking) => ({
      kind: taking.kind,
      leftBy: kinds.get(taking.transactionId) ?? null,
      transactionId: taking.transactionId,
      place: taking.place,
      accountId: taking.accountId,
      account: nameOf(taking.accountId),
      date: taking.soldOn,
      units: taking.units.toString(),
      days: taking.days,
      term: taking.term,
      ...gainFigures(book, taking, currency),
    })),
  }
}

function placeOf({ acquiredOn, instrumentId, lotId }: History): Cursor {
  return [acquiredOn, instrumentId, lotId]
}

function isAfter(lot: History, [acquiredOn = '', instrumentId, lotId]: Cursor): boolean {
  if (lot.acquiredOn !== acquiredOn) return lot.acquiredOn > acquiredOn
  return `${lot.instrumentId} ${lot.lotId}` > `${instrumentId} ${lotId}`
}

function isPlace([acquiredOn, instrumentId, lotId, ...more]: Cursor): boolean {
  return isPlainDate(acquiredOn ?? '') && instrumentId !== undefined && lotId !== undefined && more.length === 0
}
