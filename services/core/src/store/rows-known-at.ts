import type { Actor } from '@pe/contracts/actor.ts'
import { sql } from 'kysely'
import type { CoreSql } from '../core-deps.ts'
import { knownBy } from './known-at.ts'
import type { TransactionRow } from './transactions.ts'

/** Rows as they were shown then: what was voided later still stood, and what was put in its place later was not there yet. */
export async function asKnownAt(
  db: CoreSql,
  actor: Actor,
  rows: readonly TransactionRow[],
  knownAt: string | undefined,
): Promise<readonly TransactionRow[]> {
  if (knownAt === undefined) return rows
  const moment = Date.parse(knownAt)
  const successors = rows.flatMap(({ replacedBy }) => replacedBy ?? [])
  const known = await db
    .selectFrom('transaction')
    .select('id')
    .where('organisation_id', '=', actor.organisationId)
    .where(sql<boolean>`id = any(${successors}::uuid[])`)
    .where(knownBy(knownAt))
    .execute()
  const there = new Set(known.map(({ id }) => id))
  return rows.map((row) => {
    const replacedBy = row.replacedBy !== null && there.has(row.replacedBy) ? row.replacedBy : null
    if (row.voidedAt === null || Date.parse(row.voidedAt) <= moment) return { ...row, replacedBy }
    return { ...row, replacedBy, state: row.recordedState, voidReason: null, voidedAt: null, voidedBy: null }
  })
}
