import { Decimal } from '@pe/finance/money/decimal.ts'
import { fitting, quantitySize } from '@pe/finance/money/limits.ts'
import { orRefuse } from '@pe/platform/http/or-refuse.ts'
import { Refused } from '@pe/platform/http/refused.ts'

/** What nearly every close and rate looks like: inside numeric(38,18), and its first digit that is not 0 shows that it is positive. */
const plainlyFitting = /^(?=.*[1-9])\d{1,20}(\.\d{1,18})?$/

/** Refuses `not_positive`, `too_precise` or `too_large`. `what` names the value for a person. */
export function orRefuseValue(text: string, what: () => string): void {
  if (plainlyFitting.test(text)) return
  const value = Decimal.parse(text)
  if (!value.isPositive()) throw new Refused('not_positive', `${what()} must be more than 0, not ${value}`)
  orRefuse(fitting(value, quantitySize, what()))
}
