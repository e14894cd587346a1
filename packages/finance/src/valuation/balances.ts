import { cashOf, moneyPostings, unitPostings } from '../ledger/postings.ts'
import type { LedgerTransaction } from '../ledger/transaction.ts'
import type { Currency } from '../money/currency.ts'
import { Decimal } from '../money/decimal.ts'
import type { Converter } from '../prices/converter.ts'
import { bothKnown, certain, type Known } from '../prices/known.ts'
import type { PlainDate } from '../time/plain-date.ts'

export interface CashBalance {
  readonly accountId: string
  readonly currency: Currency
  /** Unknown when cash moved in a currency for which the transaction records no rate and the market has none. */
  readonly amount: Known<Decimal>
}

export interface UnitBalance {
  readonly accountId: string
  readonly instrumentId: string
  /** Never zero; negative when short. */
  readonly units: Decimal
}

/** Cash and units of every account: the fold of the ledger (law 2). Apply transactions in order, read at any point. */
export class Balances {
  readonly #converter: Converter
  readonly #cash = new Map<string, CashBalance>()
  readonly #units = new Map<string, UnitBalance>()

  constructor(converter: Converter) {
    this.#converter = converter
  }

  apply(entry: LedgerTransaction): void {
    for (const leg of unitPostings(entry)) if (leg.book === 'units') this.#addUnits(leg.accountId, leg.unit, leg.amount)
    if (entry.kind === 'transfer' || entry.kind === 'currency-exchange') this.#applyTransfer(entry)
    else this.#addCash(entry.cashAccountId ?? entry.accountId, entry.cashCurrency ?? entry.currency, cashOf(entry, this.#converter))
  }

  /** Every balance that ever moved, even if nothing is left of it. */
  cash(): Iterable<CashBalance> {
    return this.#cash.values()
  }

  /** Every holding of units other than zero. */
  *units(): Generator<UnitBalance> {
    for (const balance of this.#units.values()) if (!balance.units.isZero()) yield balance
  }

  /** Between two balances: all the cash legs. */
  #applyTransfer(entry: LedgerTransaction): void {
    const legs = moneyPostings(entry, this.#converter)
    if (!legs.known) this.#addCash(entry.cashAccountId ?? entry.accountId, entry.cashCurrency ?? entry.currency, legs)
    else for (const leg of legs.value) if (leg.book === 'cash') this.#addCash(leg.accountId, leg.unit, certain(leg.amount))
  }

  #addCash(accountId: string, currency: Currency, change: Known<Decimal>): void {
    if (change.known && change.value.isZero()) return
    const key = `${accountId}\n${currency}`
    const amount = bothKnown(this.#cash.get(key)?.amount ?? certain(Decimal.zero), change, (a, b) => a.plus(b))
    this.#cash.set(key, { accountId, currency, amount })
  }

  #addUnits(accountId: string, instrumentId: string, change: Decimal): void {
    const key = `${accountId}\n${instrumentId}`
    const before = this.#units.get(key)?.units ?? Decimal.zero
    this.#units.set(key, { accountId, instrumentId, units: before.plus(change) })
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
