import type { LedgerEntry } from '@pe/contracts/ledger.ts'
import type { LedgerTransaction } from '@pe/finance/ledger/transaction.ts'
import { type Currency, currency } from '@pe/finance/money/currency.ts'
import { Decimal } from '@pe/finance/money/decimal.ts'

/** Reads the wire's texts; an equal text of one ledger is read once, since fees, taxes and quantities repeat. */
export class LedgerEntryReader {
  readonly #decimals = new Map<string, Decimal>()
  readonly #currencies = new Map<string, Currency>()

  read(entry: LedgerEntry): LedgerTransaction {
    const { rate, received } = entry
    return {
      id: entry.id,
      kind: entry.kind,
      date: entry.date,
      time: entry.time,
      accountId: entry.accountId,
      cashAccountId: entry.cashAccountId,
      toAccountId: entry.toAccountId,
      instrumentId: entry.instrumentId,
      quantity: entry.quantity === undefined ? undefined : this.#decimal(entry.quantity),
      amount: this.#decimal(entry.amount),
      currency: this.#currency(entry.currency),
      fee: this.#decimal(entry.fee),
      tax: this.#decimal(entry.tax),
      cashCurrency: entry.cashCurrency === undefined ? undefined : this.#currency(entry.cashCurrency),
      received: received && { amount: this.#decimal(received.amount), currency: this.#currency(received.currency) },
      rate: rate && { from: this.#currency(rate.from), to: this.#currency(rate.to), value: this.#decimal(rate.value) },
      lots: entry.lots?.map((lot) => ({ transactionId: lot.transactionId, quantity: this.#decimal(lot.quantity) })),
      into: entry.into && {
        instrumentId: entry.into.instrumentId,
        quantity: this.#decimal(entry.into.quantity),
        costShare: this.#decimal(entry.into.costShare),
      },
    }
  }

  #decimal(text: string): Decimal {
    let value = this.#decimals.get(text)
    if (!value) {
      value = Decimal.parse(text)
      this.#decimals.set(text, value)
    }
    return value
  }

  #currency(code: string): Currency {
    let value = this.#currencies.get(code)
    if (!value) {
      value = currency(code)
      this.#currencies.set(code, value)
    }
    return value
  }
}
