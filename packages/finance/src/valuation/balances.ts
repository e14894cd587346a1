import { cashOf, moneyPostings } from '../ledger/postings.ts'
import type { LedgerTransaction } from '../ledger/transaction.ts'
import { type UnitBalance, UnitCounts } from '../ledger/unit-counts.ts'
import type { Currency } from '../money/currency.ts'
import type { Decimal } from '../money/decimal.ts'
import type { Converter } from '../prices/converter.ts'
import { certain, type Known } from '../prices/known.ts'
import { KnownSum } from '../prices/known-sum.ts'
import type { PlainDate } from '../time/plain-date.ts'

export interface CashBalance {
  readonly accountId: string
  readonly currency: Currency
  /** Unknown when cash moved in a currency for which the transaction records no rate and the market has none. */
  readonly amount: Known<Decimal>
}

/** Cash and units of every account: the fold of the ledger (law 2). Apply transactions in order, read at any point. */
export class Balances {
  readonly #converter: Converter
  readonly #cash = new Map<string, Map<Currency, KnownSum>>()
  readonly #units = new UnitCounts()

  constructor(converter: Converter) {
    this.#converter = converter
  }

  apply(entry: LedgerTransaction): void {
    this.#units.apply(entry)
    if (entry.kind === 'transfer' || entry.kind === 'currency-exchange') this.#applyTransfer(entry)
    else this.#addCash(entry.cashAccountId ?? entry.accountId, entry.cashCurrency ?? entry.currency, cashOf(entry, this.#converter))
  }

  /** Every balance that ever moved, even if nothing is left of it. */
  *cash(): Generator<CashBalance> {
    for (const [accountId, balances] of this.#cash) for (const [currency, sum] of balances) yield { accountId, currency, amount: sum.value }
  }

  /** Every holding of units other than zero. */
  units(): Iterable<UnitBalance> {
    return this.#units.held()
  }

  /** Between two balances: all the cash legs. */
  #applyTransfer(entry: LedgerTransaction): void {
    const legs = moneyPostings(entry, this.#converter)
    if (!legs.known) this.#addCash(entry.cashAccountId ?? entry.accountId, entry.cashCurrency ?? entry.currency, legs)
    else for (const leg of legs.value) if (leg.book === 'cash') this.#addCash(leg.accountId, leg.unit, certain(leg.amount))
  }

  #addCash(accountId: string, currency: Currency, change: Known<Decimal>): void {
    if (change.known && change.value.isZero()) return
    let balances = this.#cash.get(accountId)
    if (!balances) {
      balances = new Map()
      this.#cash.set(accountId, balances)
    }
    let sum = balances.get(currency)
    if (!sum) {
      sum = new KnownSum()
      balances.set(currency, sum)
    }
    sum.add(change)
  }
}

/** The balances at the end of a day. The transactions come in order. */
export function balancesAt(ordered: Iterable<LedgerTransaction>, date: PlainDate, converter: Converter): Balances {
  const balances = new Balances(converter)
  for (const entry of ordered) {
    if (entry.date > date) break
    balances.apply(entry)
  }
  return balances
}
