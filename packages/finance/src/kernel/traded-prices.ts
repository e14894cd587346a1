import type { RecordedRate } from '../ledger/transaction.ts'
import type { Currency } from '../money/currency.ts'
import { conversionCode, splitCode, unitDirections } from './kind-signs.ts'
import type { PackedLedger } from './packed-ledger.ts'

/** What a unit changed hands for: amount / quantity, both in the integers of the ledger. */
export interface TradedPrice {
  readonly day: number
  readonly amount: number
  readonly moneyScale: number
  readonly currency: Currency
  readonly quantity: number
  readonly rate: RecordedRate | undefined
}

/** The trades of one instrument in all accounts, ascending by day, for `beforeFirst: lastTrade`. */
export function tradedPrices(ledger: PackedLedger, instrument: number): TradedPrice[] {
  const prices: TradedPrice[] = []
  for (let i = 0; i < ledger.count; i++) {
    if (ledger.instrument[i] !== instrument) continue
    const kind = ledger.kinds[i] as number
    if (unitDirections[kind] === 0 || kind === splitCode || kind === conversionCode) continue
    const [amount, quantity] = [ledger.amount[i] as number, ledger.quantity[i] as number]
    if (amount === 0 || quantity === 0) continue
    const code = ledger.currency[i] as number
    const [currency, moneyScale] = [ledger.currencies[code] as Currency, ledger.moneyScales[code] as number]
    prices.push({ day: ledger.days[i] as number, amount, moneyScale, currency, quantity, rate: ledger.rates[i] })
  }
  return prices
}
