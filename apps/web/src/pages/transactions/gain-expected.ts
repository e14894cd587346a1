import type { CostMethod } from '@pe/finance/lots/cost-method.ts'
import { expectedGain } from '@pe/finance/lots/expected-gain.ts'
import type { Lot } from '@pe/finance/lots/lot.ts'
import { isCurrency } from '@pe/finance/money/currency.ts'
import { Decimal } from '@pe/finance/money/decimal.ts'
import { certain, type Known, unknown } from '@pe/finance/prices/known.ts'
import type { PlainDate } from '@pe/finance/time/plain-date.ts'
import type { Schema } from '@pe/sdk/client.ts'
import { readDecimal } from '../../hooks/read-decimal.ts'
import { type FormValues, grossAmount } from './form-values.ts'
import { type ChosenLots, choicesOf } from './lot-choices.ts'

type WireLot = Schema<'Lot'>

/** What a sale as typed would gain; null while units or amount are missing or a lot was paid in another currency. */
export function gainExpected({
  lots,
  method,
  values,
  chosen,
  locale,
}: {
  lots: readonly WireLot[]
  method: CostMethod
  values: FormValues
  chosen: ChosenLots
  locale: string
}): { cost: string; gain: string } | 'too-many' | null {
  const units = readDecimal(values.quantity, locale)
  const { currency } = values
  if (units === null || !isCurrency(currency) || !Decimal.parse(units).isPositive()) return null
  const found = expectedGain(
    lots.map((lot) => lotOf(lot, values)),
    method,
    {
      units: Decimal.parse(units),
      amount: grossAmount(values, locale),
      fee: Decimal.parse(readDecimal(values.fee, locale) ?? '0'),
      currency,
      choices: choicesOf(chosen, locale).map(({ transactionId, quantity }) => ({ transactionId, quantity: Decimal.parse(quantity) })),
    },
  )
  if (!found) return 'too-many'
  return found.cost && found.gain ? { cost: found.cost.toString(), gain: found.gain.toString() } : null
}

/** A lot as the book tells it, in the words of finance. Only what was paid is known of its cost. */
function lotOf({ accountId, transactionId, acquiredOn, quantity, cost }: WireLot, { instrumentId, currency }: FormValues): Lot {
  const paid = cost ? Decimal.parse(cost.amount) : null
  const known: Known<Decimal> =
    paid && cost?.currency === currency ? certain(paid) : unknown('missing-rate', 'paid in another currency than that of the sale')
  const paidIn = cost && isCurrency(cost.currency) ? cost.currency : null
  return {
    ...{ accountId, instrumentId, transactionId, currency: paidIn },
    acquiredOn: acquiredOn as PlainDate,
    units: Decimal.parse(quantity),
    purchase: null,
    fee: null,
    cost: { transaction: paid, instrument: known, reporting: known },
  }
}
