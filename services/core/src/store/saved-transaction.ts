import type { WriteTx } from '@pe/platform/db/database.ts'
import { sql } from 'kysely'
import { actText, recordedRowsText, wellFormed } from '../chain/acts.ts'
import { type ActOn, appendAndCount, appendToChains, beginChains } from './chain.ts'
import {
  type NewRow,
  type PlacedRow,
  recordedColumns,
  rowOf,
  statedColumns,
  statedText,
  statedTexts,
  type Texts,
  textsOf,
} from './recorded-row.ts'
import { insertReviews } from './reviews.ts'
import type { CoreTables } from './tables.ts'
import type { TransactionRow } from './transactions.ts'

/** As many are copied. */
const copiedColumns: readonly string[] = [...recordedColumns, 'sequence']
/** Up to so many rows have an entry each. */
const fewRows = 20
const jsonColumns: ReadonlySet<string> = new Set(['lots', 'charges'])
/** Rows that an entry of many holds. */
const rowsOfAnEntry = 500

/**
 * Adds to the journal and to the chains of its accounts, in the order given; many by COPY, so that ten thousand cost as little as the rules
 * that let them in.
 */
export async function insertTransactions(tx: WriteTx<CoreTables>, recordedAt: string, rows: readonly NewRow[]): Promise<void> {
  if (rows.length === 0) return
  await beginChains(tx, recordedAt, [...new Set(rows.map(({ statement }) => statement.entry.accountId))])
  await appendToChains(tx, recordedAt, await (rows.length > fewRows ? copyAll : insertFew)(tx, recordedAt, rows))
  const reviews = rows.flatMap(({ id, statement: { needsReview } }) => (needsReview ? [{ transactionId: id, review: needsReview }] : []))
  await insertReviews(tx.sql, tx.actor, reviews, recordedAt)
}

/**
 * The same of few that all are posted, and of no account but their own: in one statement, which counts each as a change of its book. It is sent,
 * not waited for.
 */
export async function insertPosted(
  tx: WriteTx<CoreTables>,
  recordedAt: string,
  rows: readonly PlacedRow[],
): Promise<{ recorded: TransactionRow[]; sent: Promise<unknown> }> {
  await beginChains(tx, recordedAt, [...new Set(rows.map(({ statement }) => statement.entry.accountId))])
  const texts = rows.map((row) => textsOf(row, tx.actor, recordedAt))
  const acts = rows.map((row, at) => recordedAct(row, texts[at] ?? [], row.sequence))
  const sent = appendAndCount(tx, recordedAt, acts, insertion(texts, rows))
  return { recorded: rows.map((row, at) => rowOf(row, texts[at] ?? [])), sent }
}

/** In one statement. Answers an act for each. */
async function insertFew(tx: WriteTx<CoreTables>, recordedAt: string, rows: readonly NewRow[]): Promise<ActOn[]> {
  const texts = rows.map((row) => textsOf(row, tx.actor, recordedAt))
  const { rows: taken } = await insertion(texts, rows).execute(tx.sql)
  return rows.map((row, at) => recordedAct(row, texts[at] ?? [], taken[at]?.place ?? ''))
}

function insertion(texts: readonly Texts[], rows: readonly NewRow[]) {
  const records = texts.map((text, at) => recordOf(text, rows[at]?.sequence ?? null))
  const names = sql.join(recordedColumns.map((name) => sql.ref(name)))
  return sql<{ place: string }>`
    insert into transaction (${names}, sequence)
    select ${names}, coalesce(sequence, nextval('transaction_sequence')) from json_populate_recordset(null::transaction, ${JSON.stringify(records)}::json)
    returning sequence::text as place`
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
  const many = new RecordedRowsByAccount<Texts>(acts, (stated) => wellFormed(JSON.stringify(stated)))
  function* lines() {
    for (const [at, row] of rows.entries()) {
      const [texts, place] = [textsOf(row, tx.actor, recordedAt), places[at] ?? '']
      many.add(row.statement.entry.accountId, statedTexts(texts, place))
      texts.push(place)
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

function recordedAct({ statement }: NewRow, texts: Texts, sequence: string): ActOn {
  return { accountId: statement.entry.accountId, what: actText({ act: 'recorded', transaction: statedText(texts, sequence) }) }
}

/** One entry for many rows of an account, as they come: a thousand digests and rows of their own would cost more than what they seal. */
export class RecordedRowsByAccount<Row> {
  readonly #acts: ActOn[]
  readonly #text: (rows: readonly Row[]) => string
  readonly #open = new Map<string, Row[]>()

  /** @param acts hears of every entry that is full @param text JSON of rows, each a list in the order of `statedColumns` */
  constructor(acts: ActOn[], text: (rows: readonly Row[]) => string) {
    this.#acts = acts
    this.#text = text
  }

  add(accountId: string, row: Row): void {
    const rows = this.#open.get(accountId)
    if (!rows) this.#open.set(accountId, [row])
    else if (rows.push(row) === rowsOfAnEntry) this.#close(accountId, rows)
  }

  finish(): void {
    for (const [accountId, rows] of this.#open) this.#close(accountId, rows)
  }

  #close(accountId: string, rows: readonly Row[]): void {
    this.#open.delete(accountId)
    this.#acts.push({ accountId, what: recordedRowsText(statedColumns, this.#text(rows)) })
  }
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
