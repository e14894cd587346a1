import type { CorporateAction, NewAction } from '@pe/contracts/actions.ts'
import type { Call } from '@pe/contracts/actor.ts'
import { checkAction } from '@pe/finance/actions/check-action.ts'
import { isCurrency } from '@pe/finance/money/currency.ts'
import { Decimal } from '@pe/finance/money/decimal.ts'
import { orRefuse } from '@pe/platform/http/or-refuse.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { MarketSql } from '../market-deps.ts'
import { readInstrument } from '../store/instruments.ts'

/** Terms that name known instruments and make sense to finance; the currency is the instrument's unless stated. */
export async function checkedTerms(db: MarketSql, call: Call, stated: NewAction): Promise<NewAction & { currency: string }> {
  const instrument = await readInstrument(db, call.actor, stated.instrumentId)
  if (stated.intoInstrumentId !== undefined) await readInstrument(db, call.actor, stated.intoInstrumentId)
  const currency = stated.currency ?? instrument.currency
  if (!isCurrency(currency)) throw new Refused('unknown_currency', `${currency} is no currency`)
  const { ratio, cashPerUnit, costShare, fractionPrice } = stated
  const exact = (text: string | undefined) => (text === undefined ? undefined : Decimal.parse(text))
  orRefuse(
    checkAction({
      id: '',
      kind: stated.kind,
      instrumentId: stated.instrumentId,
      exDate: stated.exDate,
      ratio: ratio && { new: Decimal.parse(ratio.new), old: Decimal.parse(ratio.old) },
      intoInstrumentId: stated.intoInstrumentId,
      cashPerUnit: exact(cashPerUnit),
      currency,
      costShare: exact(costShare),
      fractionPrice: exact(fractionPrice),
    }),
  )
  return { ...stated, currency }
}

/** Whether two statements say the same; 2 and 2.0 do. A note is no term. */
export function sameTerms(a: NewAction & { currency: string }, b: CorporateAction): boolean {
  const [mine, theirs] = [a, b].map(({ ratio, intoInstrumentId, cashPerUnit, costShare, fractionPrice, currency }) =>
    [ratio?.new, ratio?.old, cashPerUnit, costShare, fractionPrice]
      .map((text) => (text === undefined ? '' : Decimal.parse(text).toString()))
      .concat(intoInstrumentId ?? '', currency)
      .join(' '),
  )
  return mine === theirs
}
