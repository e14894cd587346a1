import type { Inclusion } from '../lots/lot-book.ts'
import type { Decimal } from '../money/decimal.ts'
import { bothKnown, type Known, whenKnown } from '../prices/known.ts'
import { minusKnown, sumKnown } from '../prices/known-sum.ts'
import type { PlainDate } from '../time/plain-date.ts'
import type { Book, ViewOptions } from '../valuation/book.ts'
import { conversionWorth, flowsOf, totalOf, unitsCrossing } from '../valuation/flows.ts'
import { inScope, type Scope } from '../valuation/scope.ts'
import { valueOn } from '../valuation/value.ts'
import { belongs, incomeAndCharges, linesOf } from './income-and-charges.ts'

/**
 * Profit of (from, to], after fees and taxes. A scope of accounts: closing − opening value − flows. An instrument: change of market
 * value − what acquisitions cost + what disposals and dividends brought − separate fees and taxes + refunds.
 */
export function profit(book: Book, scope: Scope, from: PlainDate | null, to: PlainDate, options: ViewOptions): Known<Decimal> {
  if (scope.instrumentId === undefined)
    return minusKnown(change(book, scope, from, to, options), totalOf(flowsOf(book, scope, from, to, options)))
  const { earnings, fees, taxes } = incomeAndCharges(book, scope, from, to, options)
  const gross = capitalGain(book, scope, from, to, options, 'excluded')
  return minusKnown(minusKnown(sumKnown([gross, earnings]), fees), taxes)
}

/** Instrument profit over (opening market value + Σ of what acquisitions cost, fees and taxes included); null where that is 0. */
export function profitRatio(book: Book, scope: Scope, from: PlainDate | null, to: PlainDate, options: ViewOptions): Known<number | null> {
  const spent: Known<Decimal>[] = from === null ? [] : [valueOn(book, scope, from, options).marketValue]
  for (const entry of book.between(from, to)) {
    if (!belongs(entry, scope) || (entry.kind !== 'buy' && entry.kind !== 'delivery-in')) continue
    const { fee, tax } = linesOf(entry, book, options)
    spent.push(grossOf(entry, book, options), fee, tax)
  }
  return bothKnown(profit(book, scope, from, to, options), sumKnown(spent), (gain, base) =>
    base.isZero() ? null : gain.ratio(base).toNumber(),
  )
}

/**
 * Change of market value − Σ gross acquired + Σ gross disposed; with `fees` included less the fees inside transactions of an instrument.
 * Units that a transfer carries over the border of the scope count with their market value of the day.
 */
export function capitalGain(
  book: Book,
  scope: Scope,
  from: PlainDate | null,
  to: PlainDate,
  options: ViewOptions,
  fees: Inclusion,
): Known<Decimal> {
  const closing = valueOn(book, scope, to, options).marketValue
  const parts: Known<Decimal>[] = [closing]
  if (from !== null) parts.push(negated(valueOn(book, scope, from, options).marketValue))
  for (const entry of book.between(from, to)) {
    if (entry.instrumentId === undefined) continue
    if (entry.kind === 'transfer') parts.push(negated(unitsCrossing(entry, book, scope, options)))
    if (entry.into && entry.into.instrumentId === scope.instrumentId && inScope(scope, entry.accountId))
      parts.push(negated(conversionWorth(entry, book, options)))
    if (!belongs(entry, scope)) continue
    if (entry.into && scope.instrumentId !== undefined) parts.push(conversionWorth(entry, book, options))
    if (entry.kind === 'buy' || entry.kind === 'delivery-in') parts.push(negated(grossOf(entry, book, options)))
    if (bringsMoney.has(entry.kind)) parts.push(grossOf(entry, book, options))
    if (fees === 'included' && !separate.has(entry.kind)) parts.push(negated(linesOf(entry, book, options).fee))
  }
  return sumKnown(parts)
}

const bringsMoney: ReadonlySet<string> = new Set(['sell', 'delivery-out', 'return-of-capital', 'conversion'])

const separate: ReadonlySet<string> = new Set(['fee', 'fee-refund', 'tax', 'tax-refund'])

/** closing − opening value. */
export function change(book: Book, scope: Scope, from: PlainDate | null, to: PlainDate, options: ViewOptions): Known<Decimal> {
  const closing = valueOn(book, scope, to, options).value
  return from === null ? closing : minusKnown(closing, valueOn(book, scope, from, options).value)
}

function grossOf(entry: Book['transactions'][number], book: Book, options: ViewOptions): Known<Decimal> {
  return book.converter(options).convert(entry.amount, entry.currency, options.currency, entry.date, entry.rate)
}

function negated(value: Known<Decimal>): Known<Decimal> {
  return whenKnown(value, (amount) => amount.negated())
}
