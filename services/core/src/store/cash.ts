import type { Actor } from '@pe/contracts/actor.ts'
import type { LedgerTransaction, RecordedKind } from '@pe/finance/ledger/transaction.ts'
import { currency } from '@pe/finance/money/currency.ts'
import { Decimal } from '@pe/finance/money/decimal.ts'
import { type PlainDate, plainDate } from '@pe/finance/time/plain-date.ts'
import { sql } from 'kysely'
import type { CoreSql } from '../core-deps.ts'
import { inPieces } from './entries-in-pieces.ts'
import { postedAt } from './known-at.ts'
import { touchingAny } from './touching.ts'
import { journal, ledgerEntryOf } from './transactions.ts'

const lastDay = plainDate('9999-12-31')
const changesCurrency = sql<boolean>`(cash_currency is not null or received_currency is not null)`

/**
 * Entries whose money postings sum to those of the ledger of these accounts up to a day. Postings are linear in amounts, so entries of one
 * kind, currency and set of accounts come added up; those that change currency come one by one, since each converts by itself.
 */
export async function cashEntries(
  db: CoreSql,
  actor: Actor,
  accountIds: readonly string[],
  asOf: PlainDate,
  knownAt?: string,
): Promise<LedgerTransaction[]> {
  const upTo = sql<boolean>`date <= ${asOf}::date`
  const sums = await cashSums(db, actor, accountIds, knownAt).where(upTo).execute()
  const added = sums.filter((sum) => !sum.changesCurrency)
  if (added.length === sums.length) return added.map((sum) => sumEntry(sum, asOf))
  const rows = await journal(db, actor).where(postedAt(knownAt)).where(touchingAny(accountIds)).where(upTo).where(changesCurrency).execute()
  return [...added.map((sum) => sumEntry(sum, asOf)), ...rows.map(ledgerEntryOf)]
}

/** The same of one account up to its last day, those that come one by one in pieces. */
export async function* cashEntriesInPieces(db: CoreSql, actor: Actor, accountId: string): AsyncGenerator<LedgerTransaction[]> {
  const sums = await cashSums(db, actor, [accountId]).execute()
  yield sums.filter((sum) => !sum.changesCurrency).map((sum) => sumEntry(sum, lastDay))
  if (!sums.some((sum) => sum.changesCurrency)) return
  for await (const rows of inPieces(
    journal(db, actor)
      .where(postedAt(undefined))
      .where(touchingAny([accountId]))
      .where(changesCurrency),
  ))
    yield rows.map(ledgerEntryOf)
}

/**
 * The same of one account, added up by day, which tells the balances of every day; null where entries change currency: what they bring rests
 * on rates.
 */
export async function cashEntriesByDay(db: CoreSql, actor: Actor, accountId: string): Promise<LedgerTransaction[] | null> {
  const sums = await cashSums(db, actor, [accountId]).select(sql<PlainDate>`date::text`.as('date')).groupBy('transaction.date').execute()
  return sums.some(({ changesCurrency }) => changesCurrency) ? null : sums.map((sum) => sumEntry(sum, sum.date))
}

/** What moves cash of these accounts, added up by what decides where it is booked. */
function cashSums(db: CoreSql, actor: Actor, accountIds: readonly string[], knownAt?: string) {
  return db
    .selectFrom('transaction')
    .select([
      'kind',
      'account_id as accountId',
      'cash_account_id as cashAccountId',
      'to_account_id as toAccountId',
      'currency',
      sql<boolean>`instrument_id is not null`.as('ofInstrument'),
      changesCurrency.as('changesCurrency'),
      sql<string>`sum(amount)::text`.as('amount'),
      sql<string>`sum(fee)::text`.as('fee'),
      sql<string>`sum(tax)::text`.as('tax'),
    ])
    .where('organisation_id', '=', actor.organisationId)
    .where(postedAt(knownAt))
    .where(touchingAny(accountIds))
    .groupBy(['kind', 'account_id', 'cash_account_id', 'to_account_id', 'currency', sql`instrument_id is not null`, changesCurrency])
}

interface Sum {
  readonly kind: RecordedKind
  readonly accountId: string
  readonly cashAccountId: string | null
  readonly toAccountId: string | null
  readonly currency: string
  /** A transfer of units moves no cash but its charges. */
  readonly ofInstrument: boolean
  readonly amount: string
  readonly fee: string
  readonly tax: string
}

function sumEntry(sum: Sum, date: PlainDate): LedgerTransaction {
  return {
    id: 'sum',
    kind: sum.kind,
    date,
    accountId: sum.accountId,
    cashAccountId: sum.cashAccountId ?? undefined,
    toAccountId: sum.toAccountId ?? undefined,
    instrumentId: sum.ofInstrument ? 'any' : undefined,
    amount: Decimal.parse(sum.amount),
    currency: currency(sum.currency),
    fee: Decimal.parse(sum.fee),
    tax: Decimal.parse(sum.tax),
  }
}

/** Whether cash of these accounts moved in a currency for which the transaction records no rate: then it follows the market's. */
export async function someCashRestsOnMarket(db: CoreSql, actor: Actor, accountIds: readonly string[]): Promise<boolean> {
  const found = await db
    .selectFrom('transaction')
    .select('id')
    .where('organisation_id', '=', actor.organisationId)
    .where('state', '=', 'posted')
    .where(touchingAny(accountIds))
    .where(sql<boolean>`cash_currency is not null and cash_currency <> currency and rate is null`)
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}
