import { type Currency, digitsOf } from '../money/currency.ts'
import type { EntryAmounts } from './entry-amounts.ts'
import { fitting } from './exact-rounding.ts'
import { cashSigns, exchangeCode, type Signs, transferCode } from './kind-signs.ts'
import type { PackedLedger } from './packed-ledger.ts'

/** The cash of one account in one currency over time: `balances[i]` holds from `days[i]` until `days[i + 1]`. */
export interface CashBalance {
  readonly currency: number
  readonly days: number[]
  /** ×10^scale of the currency; NaN from the day on which a movement could not be converted. */
  readonly balances: number[]
}

/**
 * The fold of the ledger into cash balances of the accounts that count (ledger/postings.ts says the same of one transaction).
 * @param firstDay earlier days are folded into the opening balance
 */
export function cashBalances(
  ledger: PackedLedger,
  accountIn: Uint8Array,
  amounts: EntryAmounts,
  firstDay: number,
  lastDay: number,
): CashBalance[] {
  const balances: (CashBalance | undefined)[] = []
  const { kinds, days, cashAccount, toAccount, instrument, currency, cashCurrency, amount, received, receivedCurrency } = ledger
  const move = (holder: number, code: number, money: number, day: number): void => {
    if (accountIn[holder] !== 1 || money === 0) return
    const key = holder * ledger.currencies.length + code
    let balance = balances[key]
    if (!balance) {
      balance = { currency: code, days: [firstDay], balances: [0] }
      balances[key] = balance
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
    const kind = kinds[i] as number
    const holder = cashAccount[i] as number
    if (accountIn[holder] === 1) move(holder, cashCurrency[i] as number, cashMovement(ledger, i, amounts, lastDay), day)
    if ((kind === transferCode && (instrument[i] as number) < 0) || kind === exchangeCode) {
      move(holder, currency[i] as number, -(amount[i] as number), day)
      const receiver = (toAccount[i] as number) < 0 ? holder : (toAccount[i] as number)
      move(receiver, receivedCurrency[i] as number, received[i] as number, day)
    }
  }
  return balances.filter((balance) => balance !== undefined)
}

/**
 * What a transaction adds to its account of cash, ×10^scale of its cash currency, converted as one amount. NaN without a rate.
 * Without what a transfer or an exchange pays out.
 */
export function cashMovement(ledger: PackedLedger, entry: number, amounts: EntryAmounts, missingUntil: number): number {
  const money = signedSum(ledger, entry, cashSigns)
  const [from, to] = [ledger.currency[entry] as number, ledger.cashCurrency[entry] as number]
  if (from === to || money === 0) return money
  const code = ledger.currencies[to] as Currency
  return amounts.convert(entry, money, from, code, missingUntil) * 10 ** ((ledger.moneyScales[to] as number) - digitsOf(code))
}

/** Amount, fee and tax of a transaction by the signs of its kind, ×10^scale of its currency. */
export function signedSum(ledger: PackedLedger, entry: number, signs: Signs): number {
  const at = (ledger.kinds[entry] as number) * 3
  const amount = (signs[at] as number) * (ledger.amount[entry] as number)
  const fee = (signs[at + 1] as number) * (ledger.fee[entry] as number)
  return amount + fee + (signs[at + 2] as number) * (ledger.tax[entry] as number)
}
