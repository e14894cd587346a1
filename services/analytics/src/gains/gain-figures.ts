import type { GainTotals, RealisedGain } from '@pe/contracts/realised-gains.ts'
import type { GainTotals as Totals } from '@pe/finance/gains/realised-gains.ts'
import type { RealisedRow } from '@pe/finance/gains/realised-row.ts'
import type { Currency } from '@pe/finance/money/currency.ts'
import type { LoadedBook } from '../books/loaded-book.ts'
import { moneyFigure } from '../figures/known-figure.ts'

export type AccountNames = ReadonlyMap<string, string>
/** What each transaction of a book calls itself: units leave by a sale, by a delivery, by an action. */
export type Kinds = ReadonlyMap<string, string>

export function kindsIn({ book }: LoadedBook): Kinds {
  return new Map(book.transactions.map(({ id, kind }) => [id, kind]))
}

/** Proceeds, cost and gain as they go over the wire. */
export function gainFigures(book: LoadedBook, { proceeds, cost, gain, currencyGain }: Omit<Totals, 'rows'>, currency: Currency) {
  const money = (amount: Totals['gain']) => moneyFigure(book, amount, currency)
  return { proceeds: money(proceeds), cost: money(cost), gain: money(gain), currencyGain: money(currencyGain) }
}

export function totalFigures(book: LoadedBook, totals: Totals, currency: Currency): GainTotals {
  return { ...gainFigures(book, totals, currency), count: totals.rows }
}

export function instrumentNames(book: LoadedBook, instrumentId: string) {
  const { name: instrument, symbol, currency: instrumentCurrency } = book.instrument(instrumentId)
  return { instrumentId, instrument, symbol, instrumentCurrency }
}

export function rowFigures(book: LoadedBook, row: RealisedRow, currency: Currency, accounts: AccountNames, kinds: Kinds): RealisedGain {
  const { kind, transactionId, place, accountId, units, lotId, acquiredOn, soldOn, days, term, washSaleUnits } = row
  return {
    kind,
    leftBy: kinds.get(transactionId) ?? null,
    transactionId,
    place,
    accountId,
    account: accounts.get(accountId) ?? accountId,
    ...instrumentNames(book, row.instrumentId),
    units: units.toString(),
    lotId,
    acquiredOn,
    soldOn,
    days,
    term,
    ...gainFigures(book, row, currency),
    washSaleUnits: washSaleUnits.toString(),
  }
}
