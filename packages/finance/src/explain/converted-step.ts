import { type Currency, digitsOf } from '../money/currency.ts'
import type { Decimal } from '../money/decimal.ts'
import type { Converter, RateOfTransaction } from '../prices/converter.ts'
import type { Known } from '../prices/known.ts'
import type { Conversion } from '../prices/rate-table.ts'
import type { PlainDate } from '../time/plain-date.ts'
import { rounded, step } from './steps.ts'
import { given, type Trail, unknownLeaf } from './trail.ts'

export interface ConvertedAmount {
  readonly figure: string
  readonly amount: Trail
  readonly from: Currency
  readonly to: Currency
  readonly date: PlainDate
  readonly recorded?: RateOfTransaction | undefined
  readonly transactionId?: string | undefined
  readonly stated: Known<Decimal>
}

/** An amount times the rates that lead to another currency (inverse ones divide), rounded by the rule of the converter. */
export function convertedStep(converter: Converter, what: ConvertedAmount): Trail {
  const { figure, amount, from, to, date, stated } = what
  if (from === to) return { ...amount, figure }
  if (amount.value === '0') return given(figure, '0', { unit: to })
  const way = converter.conversion(from, to, date, what.recorded)
  if (!way.known)
    return step(figure, 'product', [amount, unknownLeaf('rate', way.reason, rateSource(from, to, date))], { unit: to, stated })
  const [times, divided] = [ratesOf(way.value, false, what.transactionId), ratesOf(way.value, true, what.transactionId)]
  const product = times.length > 0 ? step('converted', 'product', [amount, ...times], { unit: to }) : amount
  const exact = divided.length > 0 ? step('converted', 'quotient', [product, ...divided], { unit: to }) : product
  const trail = rounded(exact, figure, converter.rounding === 'minorUnit' ? digitsOf(to) : null, { unit: to, stated })
  // Among many converted amounts each is found by its transaction, as an amount that needs no conversion is.
  return what.transactionId === undefined ? trail : { ...trail, source: { kind: 'transaction', id: what.transactionId, date } }
}

function ratesOf({ legs }: Conversion, inverse: boolean, transactionId: string | undefined): Trail[] {
  return legs
    .filter((leg) => leg.inverse === inverse)
    .map(({ base, quote, value, date }) => {
      const pair = `${base}/${quote}`
      const source =
        date === null ? ({ kind: 'transaction', id: transactionId, detail: pair } as const) : ({ kind: 'rate', id: pair, date } as const)
      return given('rate', value.toString(), { unit: quote, source })
    })
}

function rateSource(from: Currency, to: Currency, date: PlainDate) {
  return { source: { kind: 'rate', id: `${from}/${to}`, date } as const }
}
