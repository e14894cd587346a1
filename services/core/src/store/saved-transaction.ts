import type { LegOf } from '@pe/contracts/transactions.ts'
import type { Charge } from '@pe/finance/ledger/charges.ts'
import type { WriteTx } from '@pe/platform/db/database.ts'
import { sql } from 'kysely'
import { actText, type RowText } from '../chain/acts.ts'
import type { Statement } from '../statement.ts'
import { type ActOn, appendToChains, beginChains } from './chain.ts'
import { insertReviews } from './reviews.ts'
import type { CoreTables } from './tables.ts'

/** A statement with what recording adds to it. */
export interface NewRow {
  readonly id: string
  readonly statement: Statement
  readonly importId: string | null
  readonly sourceKey: string | null
  readonly replaces: string | null
  /** The event that it is a leg of. */
  readonly event?: LegOf | null
  /** Place among the entries of its day; null takes the next one. */
  readonly sequence: string | null
}

/** What recording states of a transaction. */
export const recordedColumns = [
  'id',
  'organisation_id',
  'account_id',
  'cash_account_id',
  'to_account_id',
  'kind',
  'state',
  'recorded_state',
  'date',
  'time',
  'instrument_id',
  'quantity',
  'price',
  'amount',
  'currency',
  'fee',
  'tax',
  'cash_currency',
  'received_amount',
  'received_currency',
  'rate_from',
  'rate_to',
  'rate',
  'lots',
  'charges',
  'event_id',
  'event_kind',
  'leg',
  'note',
  'import_id',
  'source_key',
  'replaces',
  'recorded_at',
  'recorded_by',
] as const

/** What the entry of a chain says by itself (account, organisation, who, when), or what follows from `state`. */
export const toldByEntry: ReadonlySet<string> = new Set(['account_id', 'organisation_id', 'recorded_at', 'recorded_by', 'recorded_state'])

/** As many are copied. */
const copiedColumns: readonly string[] = [...recordedColumns, 'sequence']
/** Up to so many rows have an entry each. */
const fewRows = 20
/** Of what an entry of many holds. */
export const rowsOfAnEntry = 500

/**
 * Adds to the journal and to the chains of its accounts, in the order given; many by COPY, so that ten thousand cost as little as the rules
 * that let them in.
 */
export async function insertTransactions(tx: WriteTx<CoreTables>, recordedAt: string, rows: readonly NewRow[]): Promise<void> {
  if (rows.length === 0) return
  await beginChains(tx, recordedAt, [...new Set(rows.map(({ statement }) => statement.entry.accountId))])
  const texts = rows.map((row) => textsOf(row, tx.actor, recordedAt))
  const sequences = rows.length === 1 ? [await insertOne(tx, texts[0] ?? [], rows[0]?.sequence ?? null)] : await copyAll(tx, texts, rows)
  await appendToChains(tx, recordedAt, rows.length > fewRows ? actsOfMany(rows, texts) : actsOfFew(rows, texts, sequences))
  const reviews = rows.flatMap(({ id, statement: { needsReview } }) => (needsReview ? [{ transactionId: id, reason: needsReview }] : []))
  await insertReviews(tx.sql, tx.actor, reviews, recordedAt)
}

/** One statement, and the place that it took. */
async function insertOne(tx: WriteTx<CoreTables>, texts: readonly (string | null)[], sequence: string | null): Promise<string> {
  const names = [...recordedColumns, ...(sequence === null ? [] : ['sequence'])]
  const values = [...texts, ...(sequence === null ? [] : [sequence])]
  const { rows } = await sql<{ place: string }>`
    insert into transaction (${sql.join(names.map((name) => sql.ref(name)))}) values (${sql.join(values)})
    returning sequence::text as place`.execute(tx.sql)
  return rows[0]?.place ?? ''
}

/** Puts the place that each took at the end of its texts. */
async function copyAll(tx: WriteTx<CoreTables>, texts: readonly (string | null)[][], rows: readonly NewRow[]): Promise<string[]> {
  const missing = rows.filter(({ sequence }) => sequence === null).length
  const { rows: next } = await sql<{ place: string }>`
    select nextval('transaction_sequence')::text as place from generate_series(1, ${missing}::int)`.execute(tx.sql)
  let taken = 0
  const sequences = rows.map(({ sequence }) => sequence ?? next[taken++]?.place ?? '')
  for (const [at, line] of texts.entries()) line.push(sequences[at] ?? null)
  await tx.copyIn('transaction', copiedColumns, texts)
  return sequences
}

type Texts = readonly (readonly (string | null)[])[]

function actsOfFew(rows: readonly NewRow[], texts: Texts, sequences: readonly string[]): ActOn[] {
  return rows.map(({ statement }, at) => ({
    accountId: statement.entry.accountId,
    what: actText({ act: 'recorded', transaction: statedText(texts[at] ?? [], sequences[at] ?? '') }),
  }))
}

/** One entry for many rows of an account, as they were copied: a thousand digests and rows of their own would cost more than what they seal. */
function actsOfMany(rows: readonly NewRow[], texts: Texts): ActOn[] {
  const entries: { accountId: string; own: (readonly (string | null)[])[] }[] = []
  const open = new Map<string, (readonly (string | null)[])[]>()
  for (const [at, { statement }] of rows.entries()) {
    const { accountId } = statement.entry
    const stated = texts[at] ?? []
    const own = open.get(accountId)
    if (own && own.length < rowsOfAnEntry) own.push(stated)
    else {
      const started = [stated]
      open.set(accountId, started)
      entries.push({ accountId, own: started })
    }
  }
  return entries.map(({ accountId, own }) => ({ accountId, what: actText({ act: 'recorded-rows', columns: copiedColumns, rows: own }) }))
}

function statedText(texts: readonly (string | null)[], sequence: string): RowText {
  const stated: Record<string, string> = { sequence }
  for (const [at, name] of recordedColumns.entries()) {
    const text = texts[at]
    if (text !== null && text !== undefined && !toldByEntry.has(name)) stated[name] = text
  }
  return stated
}

/** A row as COPY takes it, in the order of `recordedColumns`. */
export function textsOf(row: NewRow, actor: { organisationId: string; userId: string }, recordedAt: string): (string | null)[] {
  const { entry, price, note, state } = row.statement
  return [
    row.id,
    actor.organisationId,
    entry.accountId,
    entry.cashAccountId ?? null,
    entry.toAccountId ?? null,
    entry.kind,
    state,
    state,
    entry.date,
    entry.time ?? null,
    entry.instrumentId ?? null,
    entry.quantity?.toString() ?? null,
    price?.toString() ?? null,
    entry.amount.toString(),
    entry.currency,
    entry.fee.toString(),
    entry.tax.toString(),
    entry.cashCurrency ?? null,
    entry.received?.amount.toString() ?? null,
    entry.received?.currency ?? null,
    entry.rate?.from ?? null,
    entry.rate?.to ?? null,
    entry.rate?.value.toString() ?? null,
    entry.lots ? JSON.stringify(entry.lots.map(({ transactionId, quantity }) => ({ transactionId, quantity: quantity.toString() }))) : null,
    chargesText(row.statement.charges),
    row.event?.id ?? null,
    row.event?.kind ?? null,
    row.event?.leg ?? null,
    note,
    row.importId,
    row.sourceKey,
    row.replaces,
    recordedAt,
    actor.userId,
  ]
}

function chargesText(charges: readonly Charge[] | undefined): string | null {
  if (!charges || charges.length === 0) return null
  return JSON.stringify(
    charges.map(({ kind, amount, currency, rate, note, booked }) => ({
      ...{ kind, amount: amount.toString(), currency, rate: rate?.toString() ?? null, note, booked: booked.toString() },
    })),
  )
}

export interface Voiding {
  readonly reason: string | null
  readonly at: string
  readonly by: string
}

/** Voids these, and says so in the chains of their accounts; what was stated stays readable. */
export async function markVoid(tx: WriteTx<CoreTables>, transactionIds: readonly string[], { reason, at, by }: Voiding): Promise<void> {
  const found = await tx.sql
    .selectFrom('transaction')
    .select(['id', 'account_id as accountId'])
    .where(sql<boolean>`id = any(${transactionIds}::uuid[])`)
    .orderBy('sequence')
    .orderBy('id')
    .execute()
  await beginChains(tx, at, [...new Set(found.map(({ accountId }) => accountId))])
  await tx.sql
    .updateTable('transaction')
    .set({ state: 'void', void_reason: reason, voided_at: at, voided_by: by, version: sql`version + 1` })
    .where(sql<boolean>`id = any(${transactionIds}::uuid[])`)
    .execute()
  const why = reason === null ? {} : { reason }
  await appendToChains(
    tx,
    at,
    found.length > fewRows
      ? manyVoided(found, why)
      : found.map(({ id, accountId }) => ({ accountId, what: actText({ act: 'voided', transaction: id, ...why }) })),
  )
}

function manyVoided(found: readonly { readonly id: string; readonly accountId: string }[], why: { readonly reason?: string }): ActOn[] {
  const ofAccounts = Map.groupBy(found, ({ accountId }) => accountId)
  return Array.from(ofAccounts, ([accountId, own]) => ({
    accountId,
    what: actText({ act: 'voided-rows', ...why, transactions: own.map(({ id }) => id) }),
  }))
}

/** Links a void transaction to the one that stands in its place, and says so in the chain of its account. */
export async function linkReplacement(tx: WriteTx<CoreTables>, transactionId: string, replacedBy: string, at: string): Promise<void> {
  const linked = await tx.sql
    .updateTable('transaction')
    .set({ replaced_by: replacedBy })
    .where('id', '=', transactionId)
    .returning('account_id as accountId')
    .execute()
  await appendToChains(
    tx,
    at,
    linked.map(({ accountId }) => ({ accountId, what: actText({ act: 'replaced', transaction: transactionId, by: replacedBy }) })),
  )
}
