import type { Decimal } from '@pe/finance/money/decimal.ts'
import { bothKnown, type Known, type UnknownValue } from '@pe/finance/prices/known.ts'
import { decimalText } from '../compare.ts'
import type { Answer } from '../peer-case.ts'
import type { Question } from './question.ts'

/** An amount of the currency of the view, in the unit that was asked for (pence are hundredths). */
export function money(question: Question, amount: Known<Decimal>): Answer {
  return amount.known ? plain(amount.value.times(question.perCurrency)) : unknownAnswer(amount)
}

export function plain(value: Decimal): Answer {
  return { value: value.toString() }
}

export function counted(count: number): Answer {
  return { value: String(count) }
}

export function text(value: string): Answer {
  return { value }
}

/** part / whole; undefined over nothing. */
export function ratio(part: Known<Decimal>, whole: Known<Decimal>): Answer {
  return optional(bothKnown(part, whole, (a, b) => (b.isZero() ? null : a.ratio(b))))
}

/** A share that may stand on nothing: then it is undefined. */
export function optional(share: Known<Decimal | null>): Answer {
  if (!share.known) return unknownAnswer(share)
  return share.value === null ? undefinedFor('undefined') : plain(share.value)
}

/** A statistic, or the reason why there is none. */
export function statistic(value: number | null, reason: string): Answer {
  return value === null || !Number.isFinite(value) ? undefinedFor(reason) : { value: decimalText(value) }
}

export function unknownAnswer({ reason }: UnknownValue): Answer {
  return undefinedFor(reason)
}

export function undefinedFor(reason: string): Answer {
  return { value: null, reason }
}
