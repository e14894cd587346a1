import type { LegOf } from '@pe/contracts/transactions.ts'
import type { Charge } from '@pe/finance/ledger/charges.ts'
import type { WriteTx } from '@pe/platform/db/database.ts'
import { sql } from 'kysely'
import { actText, type RowText } from '../chain/acts.ts'
import type { Statement } from '../statement.ts'
import { type ActOn, appendAndCount, appendToChains, beginChains } from './chain.ts'
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

/** What an entry of a chain states of each of many staged rows; their place comes last. */
export const statedColumns = [...recordedColumns.filter((name) => !toldByEntry.has(name)), 'sequence']
const statedAt = [...recordedColumns.keys()].filter((at) => !toldByEntry.has(recordedColumns[at] ?? ''))

/** The beginning of a JSON list in the order of `statedColumns`, to which a place and `"]` are added. */
export function statedOf(texts: Texts): string {
  return `${JSON.stringify(statedAt.map((at) => texts[at]?.toWellFormed() ?? null)).slice(0, -1)},"`
}

/** As many are copied. */
const copiedColumns: readonly string[] = [...recordedColumns, 'sequence']
/** Up to so many rows have an entry each. */
const fewRows = 20
const jsonColumns: ReadonlySet<string> = new Set(['lots', 'charges'])
/** Of what an entry of many holds. */
export const rowsOfAnEntry = 500

/**
 * Adds to the journal and to the chains of its accounts, in the order given; many by COPY, so that ten thousand cost as little as the rules
 * that let them in.
 */
export async function insertTransactions(tx: WriteTx<CoreTables>, recordedAt: string, rows: readonly NewRow[]): Promise<void> {
  if (rows.length === 0) return
  await beginChains(tx, recordedAt, [...new Set(rows.map(({ statement }) => statement.entry.accountId))])
  await appendToChains(tx, recordedAt, await (rows.length > fewRows ? copyAll : insertFew)(tx, recordedAt, rows))
  const reviews = rows.flatMap(({ id, statement: { needsReview } }) => (needsReview ? [{ transactionId: id, reason: needsReview }] : []))
  await insertReviews(tx.sql, tx.actor, reviews, recordedAt)
}

/** The same of few that all are posted, and of no account but their own: counts the changes of the books and answers their new versions. */
export async function insertPosted(tx: WriteTx<CoreTables>, recordedAt: string, rows: readonly NewRow[]): Promise<Map<string, number>> {
  await beginChains(tx, recordedAt, [...new Set(rows.map(({ statement }) => statement.entry.accountId))])
  return await appendAndCount(tx, recordedAt, await insertFew(tx, recordedAt, rows))
}

/** In one statement. Answers an act for each. */
async function insertFew(tx: WriteTx<CoreTables>, recordedAt: string, rows: readonly NewRow[]): Promise<ActOn[]> {
  const texts = rows.map((row) => textsOf(row, tx.actor, recordedAt))
  const records = texts.map((text, at) => recordOf(text, rows[at]?.sequence ?? null))
  const names = sql.join(recordedColumns.map((name) => sql.ref(name)))
  const { rows: taken } = await sql<{ place: string }>`
    insert into transaction (${names}, sequence)
    select ${names}, coalesce(sequence, nextval('transaction_sequence')) from json_populate_recordset(null::transaction, ${JSON.stringify(records)}::json)
    returning sequence::text as place`.execute(tx.sql)
  return rows.map((row, at) => recordedAct(row, texts[at] ?? [], taken[at]?.place ?? ''))
}

function recordOf(texts: Texts, sequence: string | null): Record<string, unknown> {
  const record: Record<string, unknown> = sequence === null ? {} : { sequence }
  for (const [at, name] of recordedColumns.entries()) {
    const text = texts[at]
    if (text !== null && text !== undefined) record[name] = jsonColumns.has(name) ? JSON.parse(text) : text.toWellFormed()
  }
  return record
}

/** Answers an act for some hundreds of an account; they are written while the database is busy with the rows. */
async function copyAll(tx: WriteTx<CoreTables>, recordedAt: string, rows: readonly NewRow[]): Promise<ActOn[]> {
  const places = await takePlaces(tx, rows)
  const acts: ActOn[] = []
  const many = new RecordedRowsByAccount(acts)
  function* lines() {
    for (const [at, row] of rows.entries()) {
      const texts = [...textsOf(row, tx.actor, recordedAt), places[at] ?? '']
      many.add(row.statement.entry.accountId, texts)
      yield texts
    }
  }
  await tx.copyIn('transaction', copiedColumns, lines())
  many.finish()
  return acts
}

async function takePlaces(tx: WriteTx<CoreTables>, rows: readonly NewRow[]): Promise<string[]> {
  const missing = rows.filter(({ sequence }) => sequence === null).length
  const { rows: taken } = await sql<{ places: string | null }>`
    select string_agg(nextval('transaction_sequence')::text, ' ') as places from generate_series(1, ${missing}::int)`.execute(tx.sql)
  const next = (taken[0]?.places ?? '').split(' ')
  let used = 0
  return rows.map(({ sequence }) => sequence ?? next[used++] ?? '')
}

type Texts = readonly (string | null)[]

function recordedAct({ statement }: NewRow, texts: Texts, sequence: string): ActOn {
  return { accountId: statement.entry.accountId, what: actText({ act: 'recorded', transaction: statedText(texts, sequence) }) }
}

/** One entry for many rows of an account, as they were copied: a thousand digests and rows of their own would cost more than what they seal. */
class RecordedRowsByAccount {
  readonly #acts: ActOn[]
  readonly #open = new Map<string, Texts[]>()

  /** `acts` hears of every entry that is full. */
  constructor(acts: ActOn[]) {
    this.#acts = acts
  }

  add(accountId: string, row: Texts): void {
    const rows = this.#open.get(accountId)
    if (!rows) this.#open.set(accountId, [row])
    else if (rows.push(row) === rowsOfAnEntry) this.#close(accountId, rows)
  }

  finish(): void {
    for (const [accountId, rows] of this.#open) this.#close(accountId, rows)
  }

  #close(accountId: string, rows: readonly Texts[]): void {
    this.#open.delete(accountId)
    this.#acts.push({ accountId, what: actText({ act: 'recorded-rows', columns: copiedColumns, rows }) })
  }
}

function statedText(texts: Texts, sequence: string): RowText {
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
