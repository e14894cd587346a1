import type { MoneyFigure, RatioFigure, Reason } from '@pe/contracts/scalars.ts'
import type { Currency } from '@pe/finance/money/currency.ts'
import type { Decimal } from '@pe/finance/money/decimal.ts'
import type { Known, UnknownReason, UnknownValue } from '@pe/finance/prices/known.ts'
import type { PlainDate } from '@pe/finance/time/plain-date.ts'
import type { LoadedBook } from '../books/loaded-book.ts'

const reasons: Record<UnknownReason, Reason> = {
  'missing-close': 'missing-close',
  'missing-rate': 'missing-rate',
  'flows-unknown': 'no-value-at-start',
  undefined_negative_value: 'negative-value',
}

/** An exact amount as it goes over the wire: null with its reason where unknown, with the day it is stale since. */
export function moneyFigure(book: LoadedBook, amount: Known<Decimal>, currency: Currency): MoneyFigure {
  if (!amount.known) return { amount: null, currency, reason: reasons[amount.reason], ...told(book, amount) }
  return { amount: amount.value.toString(), currency, ...staleness(amount) }
}

/** A share of two exact amounts, entered into statistics here; undefined where nothing stands below the line. */
export function shareFigure(book: LoadedBook, part: Known<Decimal>, whole: Known<Decimal>, ifNothing: Reason): RatioFigure {
  const missing = !part.known ? part : !whole.known ? whole : null
  if (missing) return { value: null, reason: reasons[missing.reason], ...told(book, missing) }
  if (!part.known || !whole.known || whole.value.isZero()) return { value: null, reason: ifNothing }
  return { value: part.value.ratio(whole.value).toNumber(), ...staleness(part.stale ? part : whole) }
}

/** The day that a stale figure is as old as. */
export function staleness(amount: Known<unknown>): { staleSince?: PlainDate } {
  return amount.known && amount.stale && amount.date !== null ? { staleSince: amount.date } : {}
}

const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g

function told(book: LoadedBook, { detail, facts }: UnknownValue) {
  const names = Object.entries(facts).map(([fact, value]) => [fact, named(book, value)] as const)
  return { detail: named(book, detail), ...(names.length > 0 ? { facts: Object.fromEntries(names) } : {}) }
}

/** Words for a person name an instrument as that person does. */
export function named(book: LoadedBook, detail: string): string {
  return detail.replace(uuid, (id) => book.parts.instruments.get(id)?.name ?? id)
}
