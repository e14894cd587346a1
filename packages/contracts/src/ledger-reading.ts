import type { AppliedAction } from '@pe/finance/actions/corporate-action.ts'
import { inOrder } from '@pe/finance/ledger/order.ts'
import type { LedgerTransaction } from '@pe/finance/ledger/transaction.ts'
import { type Currency, currency } from '@pe/finance/money/currency.ts'
import { Decimal } from '@pe/finance/money/decimal.ts'
import type { AppliedAction as WireAction } from './action-applications.ts'
import type { LedgerColumns, LedgerExtras } from './ledger-columns.ts'

const none: LedgerExtras = {}

/** The entries of a reply in finance's words and in the order in which they apply. Equal texts are read once: fees, taxes and quantities repeat. */
export function transactionsIn(columns: LedgerColumns): LedgerTransaction[] {
  const { names, ids, kinds, dates, accounts, cashAccounts, instruments, quantities, amounts, currencies, fees, taxes, extras } = columns
  const decimal = rememberedBy((text) => Decimal.parse(text))
  const inCurrency = rememberedBy<Currency>(currency)
  const nameAt = (at: number | null | undefined): string | undefined => (at === null || at === undefined ? undefined : names[at])
  const entries = new Array<LedgerTransaction>(ids.length)
  let next = 0
  for (let at = 0; at < ids.length; at++) {
    const { time, toAccountId, cashCurrency, received, rate, lots } = extras[next]?.[0] === at ? (extras[next++]?.[1] ?? none) : none
    const quantity = quantities[at]
    entries[at] = {
      id: ids[at] as string,
      kind: kinds[at] as LedgerTransaction['kind'],
      // One text for all entries of a day.
      date: (at > 0 && dates[at] === dates[at - 1] ? entries[at - 1]?.date : dates[at]) as LedgerTransaction['date'],
      time,
      accountId: names[accounts[at] as number] as string,
      cashAccountId: nameAt(cashAccounts[at]),
      toAccountId,
      instrumentId: nameAt(instruments[at]),
      quantity: quantity === null || quantity === undefined ? undefined : decimal(quantity),
      amount: decimal(amounts[at] as string),
      currency: inCurrency(currencies[at] as string),
      fee: decimal(fees[at] as string),
      tax: decimal(taxes[at] as string),
      cashCurrency: cashCurrency === undefined ? undefined : inCurrency(cashCurrency),
      received: received && { amount: decimal(received.amount), currency: inCurrency(received.currency) },
      rate: rate && { from: inCurrency(rate.from), to: inCurrency(rate.to), value: decimal(rate.value) },
      lots: lots?.map((lot) => ({ transactionId: lot.transactionId, quantity: decimal(lot.quantity) })),
      into: undefined,
    }
  }
  return inOrder(entries)
}

/** A corporate action with the choices of its accounts, as finance takes it. */
export function appliedActionIn({
  ratio,
  cashPerUnit,
  costShare,
  fractionPrice,
  currency: code,
  accounts,
  ...terms
}: WireAction): AppliedAction {
  return {
    ...terms,
    currency: currency(code),
    ratio: ratio && { new: Decimal.parse(ratio.new), old: Decimal.parse(ratio.old) },
    cashPerUnit: exact(cashPerUnit),
    costShare: exact(costShare),
    fractionPrice: exact(fractionPrice),
    accounts: accounts.map((choice) => ({ ...choice, costShare: exact(choice.costShare), cashInLieu: exact(choice.cashInLieu) })),
  }
}

function exact(text: string | undefined): Decimal | undefined {
  return text === undefined ? undefined : Decimal.parse(text)
}

function rememberedBy<T>(read: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>()
  return (text) => {
    let value = known.get(text)
    if (value === undefined) {
      value = read(text)
      known.set(text, value)
    }
    return value
  }
}
