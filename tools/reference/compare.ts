import { Decimal } from '@pe/finance/money/decimal.ts'
import type { Answer, Expectation } from './peer-case.ts'
import { failed, passed, type Verdict } from './verdict.ts'

/** Holds an answer against its expectation: absolute tolerance on decimals, equality on texts and booleans, the reason on an unknown. */
export function compare(expected: Expectation, answer: Answer): Verdict {
  const name = describe(expected)
  if (expected.value === null) {
    if (answer.value !== null) return failed(`${name}: must be unknown (${expected.reason ?? 'no reason given'}), is ${answer.value}`)
    if (expected.reason !== undefined && answer.reason !== expected.reason)
      return failed(`${name}: unknown for ${answer.reason}, expected for ${expected.reason}`)
    return passed
  }
  if (answer.value === null) return failed(`${name}: expected ${expected.value}, is unknown (${answer.reason})`)
  if (expected.tolerance === undefined)
    return answer.value === expected.value ? passed : failed(`${name}: expected ${expected.value}, is ${answer.value}`)
  if (typeof answer.value !== 'string' || typeof expected.value !== 'string')
    return failed(`${name}: expected the number ${expected.value}, is ${answer.value}`)
  const difference = decimalOf(answer.value).minus(decimalOf(expected.value)).abs()
  if (!decimalOf(expected.tolerance).isLessThan(difference)) return passed
  return failed(`${name}: expected ${expected.value} within ${expected.tolerance}, is ${answer.value}`)
}

/** A finite double as a decimal text without an exponent, exactly. */
export function decimalText(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`not a figure: ${value}`)
  return decimalOf(String(value)).toString()
}

function decimalOf(text: string): Decimal {
  const [digits, exponent] = text.toLowerCase().split('e')
  if (exponent === undefined) return Decimal.parse(text)
  const power = Number(exponent)
  const ten = Decimal.parse(`1${'0'.repeat(Math.abs(power))}`)
  const parsed = Decimal.parse(digits ?? '')
  return power < 0 ? parsed.ratio(ten) : parsed.times(ten)
}

function describe({ figure, scope, date, from, to, options }: Expectation): string {
  const where = [
    date ?? (to === undefined ? undefined : `${from ?? '…'} to ${to}`),
    scope && JSON.stringify(scope),
    options && JSON.stringify(options),
  ]
  return [figure, ...where.filter(Boolean)].join(' ')
}
