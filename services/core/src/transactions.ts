import type { Call } from '@pe/contracts/actor.ts'
import type { coreRoutes } from '@pe/contracts/core.ts'
import type { Input, Reply } from '@pe/contracts/route.ts'
import type { Transaction } from '@pe/contracts/transactions.ts'
import { isPlainDate } from '@pe/finance/time/plain-date.ts'
import { type Cursor, cursorAfter, readCursor } from '@pe/platform/http/cursor.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import { sql } from 'kysely'
import { cashEffectOf, converterFor } from './cash.ts'
import type { CoreDeps } from './core-deps.ts'
import { inStateAt } from './store/known-at.ts'
import { accountsOfPortfolio } from './store/portfolios.ts'
import { needsReview, openReviews } from './store/reviews.ts'
import { asKnownAt } from './store/rows-known-at.ts'
import { touchingAny } from './store/touching.ts'
import { journal, ledgerEntryOf, readTransaction, type TransactionRow } from './store/transactions.ts'

/** Newest first, by day and then by place in the ledger; void ones only when asked for. */
export async function listTransactions(
  core: CoreDeps,
  { query }: Input<typeof coreRoutes.listTransactions>,
  call: Call,
): Promise<Reply<typeof coreRoutes.listTransactions>> {
  const limit = query.limit ?? 100
  const after = readCursor(query.cursor, isPlace)
  const scope = await scopeOf(core, call, query)
  const rows = await journal(core.db.sql, call.actor)
    .$if(scope !== undefined, (list) => list.where(touchingAny(scope ?? [])))
    .$if(query.instrumentId !== undefined, (list) => list.where('instrument_id', '=', query.instrumentId ?? ''))
    .$if(query.kind !== undefined, (list) => list.where('kind', '=', query.kind ?? 'buy'))
    .where(inStateAt(query.state, query.knownAt))
    .$if(query.needsReview === true, (list) => list.where(needsReview(call.actor)))
    .$if(query.from !== undefined, (list) => list.where('transaction.date', '>=', query.from ?? ''))
    .$if(query.to !== undefined, (list) => list.where('transaction.date', '<=', query.to ?? ''))
    .$if(query.text !== undefined, (list) => list.where('note', 'ilike', `%${(query.text ?? '').replace(/[\\%_]/g, '\\$&')}%`))
    .$if(after !== undefined, (list) =>
      list.where(
        sql<boolean>`(transaction.date, transaction.sequence, id) < (${after?.[0]}::date, ${after?.[1]}::bigint, ${after?.[2]}::uuid)`,
      ),
    )
    .orderBy('transaction.date', 'desc')
    .orderBy('transaction.sequence', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const shown = rows.slice(0, limit)
  return {
    items: await transactionsOf(core, call, await asKnownAt(core.db.sql, call.actor, shown, query.knownAt)),
    next: cursorAfter(rows, limit, ({ date, sequence, id }) => [date, sequence, id]),
  }
}

export async function getTransaction(
  core: CoreDeps,
  { params, query: { knownAt } }: Input<typeof coreRoutes.getTransaction>,
  call: Call,
): Promise<Transaction> {
  const row = await readTransaction(core.db.sql, call.actor, params.transactionId)
  if (knownAt !== undefined && Date.parse(row.recordedAt) > Date.parse(knownAt)) {
    throw new Refused('not_found', 'this transaction was recorded later')
  }
  const [transaction] = await transactionsOf(core, call, await asKnownAt(core.db.sql, call.actor, [row], knownAt))
  if (!transaction) throw new Error(`transaction ${row.id} cannot be told`)
  return transaction
}

/** Rows as the wire carries them, with what moved on the cash side. */
export async function transactionsOf(core: CoreDeps, call: Call, rows: readonly TransactionRow[]): Promise<Transaction[]> {
  const entries = rows.map(ledgerEntryOf)
  const converter = await converterFor(core, call, entries)
  const reviews = await openReviews(
    core.db.sql,
    call.actor,
    rows.flatMap(({ id, state }) => (state === 'void' ? [] : [id])),
  )
  return rows.map((row, at) => {
    const entry = entries[at]
    return wireOf(row, entry ? cashEffectOf(entry, converter) : null, reviews.get(row.id) ?? null)
  })
}

/** A row as the wire carries it. */
export function wireOf(row: TransactionRow, cashEffect: Transaction['cashEffect'], needsReview: Transaction['needsReview']): Transaction {
  const { sequence, recordedState, recordedBy, voidedAt, voidedBy, sourceKey, eventId, eventKind, leg, ...stated } = row
  const { receivedAmount, receivedCurrency, rate, rateFrom, rateTo, ...shared } = stated
  const event = eventId !== null && eventKind !== null && leg !== null ? { id: eventId, kind: eventKind, leg } : null
  const received = receivedAmount !== null && receivedCurrency !== null ? { amount: receivedAmount, currency: receivedCurrency } : null
  const recordedRate = rate !== null && rateFrom !== null && rateTo !== null ? { from: rateFrom, to: rateTo, value: rate } : null
  return { ...shared, received, rate: recordedRate, event, cashEffect, needsReview }
}

/** The accounts that a question is about; undefined for all. */
export async function scopeOf(
  core: CoreDeps,
  call: Call,
  query: { portfolioId?: string | undefined; accountId?: string | undefined },
): Promise<readonly string[] | undefined> {
  if (query.portfolioId === undefined) return query.accountId === undefined ? undefined : [query.accountId]
  const accounts = await accountsOfPortfolio(core.db.sql, call.actor, query.portfolioId)
  return query.accountId === undefined ? accounts : accounts.filter((id) => id === query.accountId)
}

function isPlace([date, sequence, id]: Cursor): boolean {
  return isPlainDate(date ?? '') && /^\d{1,18}$/.test(sequence ?? '') && /^[0-9a-f-]{36}$/.test(id ?? '')
}
