import { type Currency, digitsOf } from '../money/currency.ts'
import type { EntryAmounts } from './entry-amounts.ts'
import { fitting } from './exact-rounding.ts'
import type { PackedLedger } from './packed-ledger.ts'

/** The cash of one account in one currency over time: `balances[i]` holds from `days[i]` until `days[i + 1]`. */
export interface CashBalance {
  readonly currency: number
  readonly days: number[]
  /** ×10^scale of the currency; NaN from the day on which a movement could not be converted. */
  readonly balances: number[]
}

/** Direction of amount, fee and tax in the cash that moves, by kind; what is not here moves no cash of its own. */
const directions: Readonly<Partial<Record<string, readonly [number, number, number]>>> = {
  buy: [-1, -1, -1],
  sell: [1, -1, -1],
  deposit: [1, -1, -1],
  withdrawal: [-1, -1, -1],
  dividend: [1, -1, -1],
  interest: [1, -1, -1],
  'interest-charge': [-1, -1, -1],
  fee: [-1, 0, 0],
  tax: [-1, 0, 0],
  'fee-refund': [1, 0, 0],
  'tax-refund': [1, 0, 0],
  transfer: [0, -1, -1],
  'currency-exchange': [0, -1, -1],
}

/**
 * The fold of the ledger into cash balances of the accounts that count (postings.ts says the same of one transaction).
 * @param firstDay earlier days are folded into the opening balance
 */
export function cashBalances(
  ledger: PackedLedger,
  accountIn: Uint8Array,
  amounts: EntryAmounts,
  firstDay: number,
  lastDay: number,
): CashBalance[] {
  const balances = new Map<number, CashBalance>()
  const { kinds, days, cashAccount, toAccount, instrument, currency, cashCurrency, amount, fee, tax, received, receivedCurrency } = ledger
  const move = (holder: number, code: number, money: number, day: number): void => {
    if (holder < 0 || accountIn[holder] !== 1 || money === 0) return
    const key = holder * ledger.currencies.length + code
    let balance = balances.get(key)
    if (!balance) {
      balance = { currency: code, days: [firstDay], balances: [0] }
      balances.set(key, balance)
    }
    const last = balance.days.length - 1
    const after = fitting((balance.balances[last] as number) + money)
    if (day <= (balance.days[last] as number)) balance.balances[last] = after
    else {
      balance.days.push(day)
      balance.balances.push(after)
    }
  }
  for (let i = 0; i < ledger.count; i++) {
    const day = days[i] as number
    if (day > lastDay) break
    const kind = kinds[i] as string
    const holder = cashAccount[i] as number
    const signs = directions[kind]
    if (signs && accountIn[holder] === 1) {
      const [from, to] = [currency[i] as number, cashCurrency[i] as number]
      const [a, f, t] = [signs[0] * (amount[i] as number), signs[1] * (fee[i] as number), signs[2] * (tax[i] as number)]
      if (from === to) move(holder, to, a + f + t, day)
      else {
        const code = ledger.currencies[to] as Currency
        const unit = 10 ** ((ledger.moneyScales[to] as number) - digitsOf(code))
        for (const part of [a, f, t]) move(holder, to, amounts.convert(i, part, from, code, lastDay) * unit, day)
      }
    }
    if ((kind === 'transfer' && (instrument[i] as number) < 0) || kind === 'currency-exchange') {
      move(holder, currency[i] as number, -(amount[i] as number), day)
      const receiver = (toAccount[i] as number) < 0 ? holder : (toAccount[i] as number)
      move(receiver, receivedCurrency[i] as number, received[i] as number, day)
    }
  }
  return [...balances.values()]
}
