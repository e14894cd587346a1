import type { Call } from '@pe/contracts/actor.ts'
import type { Money } from '@pe/contracts/scalars.ts'
import { moneyPostings } from '@pe/finance/ledger/postings.ts'
import type { LedgerTransaction } from '@pe/finance/ledger/transaction.ts'
import type { Currency } from '@pe/finance/money/currency.ts'
import { Decimal } from '@pe/finance/money/decimal.ts'
import { Converter } from '@pe/finance/prices/converter.ts'
import { RateTable } from '@pe/finance/prices/rate-table.ts'
import { dateOfDay, type PlainDate } from '@pe/finance/time/plain-date.ts'
import type { CoreDeps, CoreSql } from './core-deps.ts'
import { cashEntries } from './store/cash.ts'
import { actionEntries } from './store/ledger-with-actions.ts'

/** A converter that knows the market's rates where these entries need them: cash in another currency without a rate of its own. */
export async function converterFor(core: CoreDeps, call: Call, entries: readonly LedgerTransaction[]): Promise<Converter> {
  const needing = entries.filter(({ cashCurrency, currency, rate }) => cashCurrency && cashCurrency !== currency && !rate)
  return await converterBetween(core, call, [...needing.flatMap(({ cashCurrency, currency }) => [currency, cashCurrency ?? currency])])
}

/** The same, of these currencies. */
export async function converterBetween(core: CoreDeps, call: Call, named: Iterable<string>): Promise<Converter> {
  const currencies = [...new Set(named)]
  if (currencies.length < 2) return new Converter(RateTable.empty, { rounding: 'minorUnit' })
  const { series } = await core.market.packedRates({ body: { currencies } }, call)
  const rates = series.map(({ base, quote, days, rates: values }) => ({
    base,
    quote,
    points: days.map((day, at) => ({ date: dateOfDay(day), value: values[at] ?? '' })),
  }))
  return new Converter(new RateTable(rates), { rounding: 'minorUnit' })
}

/** What moves on the cash side of one transaction, signed; null when no cash moves or the rate to tell it is unknown. */
export function cashEffectOf(entry: LedgerTransaction, converter: Converter): Money | null {
  const legs = moneyPostings(entry, converter)
  if (!legs.known) return null
  const cashAccountId = entry.cashAccountId ?? entry.accountId
  const cash = legs.value.filter((leg) => leg.book === 'cash' && leg.accountId === cashAccountId)
  const own = cash.find((leg) => leg.unit === (entry.cashCurrency ?? entry.currency)) ?? cash[0]
  if (!own) return null
  const amount = Decimal.sum(cash.filter(({ unit }) => unit === own.unit).map((leg) => leg.amount))
  return { amount: amount.toString(), currency: own.unit }
}

export interface Balance {
  readonly accountId: string
  readonly balance: Money
}

/** Cash as folded: what is known of each account and currency, and where an unknown rate leads into a balance (`<account> <currency>`). */
export interface CashOnDay {
  readonly balances: ReadonlyMap<string, ReadonlyMap<Currency, Decimal>>
  readonly unknown: ReadonlySet<string>
}

export async function cashOn(
  core: CoreDeps,
  db: CoreSql,
  call: Call,
  accountIds: readonly string[],
  asOf: PlainDate,
  knownAt?: string,
): Promise<CashOnDay> {
  const recorded = await cashEntries(db, call.actor, accountIds, asOf, knownAt)
  const entries = [...recorded, ...(await actionEntries(db, call.actor, accountIds, asOf, knownAt))]
  const converter = await converterFor(core, call, entries)
  const wanted = new Set(accountIds)
  const balances = new Map<string, Map<Currency, Decimal>>()
  const unknown = new Set<string>()
  for (const entry of entries) {
    const legs = moneyPostings(entry, converter)
    if (!legs.known) {
      unknown.add(`${entry.cashAccountId ?? entry.accountId} ${entry.cashCurrency}`)
      continue
    }
    for (const { book, accountId, amount, unit } of legs.value) {
      if (book !== 'cash' || !wanted.has(accountId)) continue
      const ofAccount = balances.get(accountId) ?? new Map<Currency, Decimal>()
      balances.set(accountId, ofAccount)
      ofAccount.set(unit, (ofAccount.get(unit) ?? Decimal.zero).plus(amount))
    }
  }
  return { balances, unknown }
}

/**
 * Cash of these accounts at the end of a day, per currency, without empty balances. A balance into which an unknown rate leads is left out:
 * a sum without it would be wrong.
 */
export async function cashBalances(
  core: CoreDeps,
  db: CoreSql,
  call: Call,
  accountIds: readonly string[],
  asOf: PlainDate,
  knownAt?: string,
): Promise<Balance[]> {
  const { balances, unknown } = await cashOn(core, db, call, accountIds, asOf, knownAt)
  // In the order of the accounts, whichever entry the database gave first.
  return accountIds.flatMap((accountId) =>
    [...(balances.get(accountId) ?? [])]
      .filter(([currency, amount]) => !amount.isZero() && !unknown.has(`${accountId} ${currency}`))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([currency, amount]) => ({ accountId, balance: { amount: amount.toString(), currency } })),
  )
}
