import type { Call } from '@pe/contracts/actor.ts'
import { earlier, type PlainDate } from '@pe/finance/time/plain-date.ts'
import type { WriteTx } from '@pe/platform/db/database.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { CoreDeps, CoreSql } from '../core-deps.ts'
import { sealRow } from '../store/beside-rows.ts'
import { insertOverride, type LockInForce, locksInForce } from '../store/periods.ts'
import type { CoreTables } from '../store/tables.ts'
import { accountsOf } from '../store/transactions.ts'

/** What a write adds to the books, takes from them or changes: a day and the accounts that take part. */
export interface Touched {
  readonly date: PlainDate
  readonly accountId: string
  readonly cashAccountId?: string | null | undefined
  readonly toAccountId?: string | null | undefined
}

/** The lock under which an entry lies; undefined where its day is open in all its accounts. */
export type LockOver = (entry: Touched) => LockInForce | undefined

export async function closedPeriods(db: CoreSql, call: Call, accountIds: readonly string[]): Promise<LockOver> {
  const locks = await locksInForce(db, call.actor, accountIds)
  if (locks.length === 0) return () => undefined
  return (entry) => {
    const accounts = new Set(accountsOf(entry))
    return locks.find(({ accountId, closedThrough }) => entry.date <= closedThrough && (accountId === null || accounts.has(accountId)))
  }
}

/**
 * Refuses `period_closed` where a write would touch a closed period. Every writer of the books calls it, after it has locked the accounts:
 * closing a period locks them too. Drafts are no part of the books until they are posted, and are not handed in. A caller that may
 * override says why (`call.override`); that is kept with the lock and in the audit log.
 */
export async function orRefuseClosed(core: CoreDeps, tx: WriteTx<CoreTables>, call: Call, entries: readonly Touched[]): Promise<void> {
  const lockOver = await closedPeriods(tx.sql, call, [...new Set(entries.flatMap((entry) => [...accountsOf(entry)]))])
  const touched = new Map<string, { lock: LockInForce; firstDay: PlainDate; entries: number; accountIds: Set<string> }>()
  for (const entry of entries) {
    const lock = lockOver(entry)
    if (!lock) continue
    const before = touched.get(lock.id)
    const firstDay = before ? earlier(before.firstDay, entry.date) : entry.date
    const accountIds = before?.accountIds ?? new Set()
    for (const id of accountsOf(entry)) if (lock.accountId === null || lock.accountId === id) accountIds.add(id)
    touched.set(lock.id, { lock, firstDay, entries: (before?.entries ?? 0) + 1, accountIds })
  }
  const [first] = touched.values()
  if (!first) return
  const reason = call.override
  if (reason === undefined) throw Refused.of(closedRefusal(first.lock, first.firstDay))
  for (const { lock, firstDay, entries: count, accountIds } of touched.values()) {
    await core.db.write({ call, action: 'period.override', subject: `period-lock:${lock.id}` }, async (own) => {
      const [id, at] = [core.ids.next(), core.clock.now()]
      await insertOverride(own.sql, call.actor, { id, lockId: lock.id, at, reason, firstDay, entries: count })
      await sealRow(own, at, 'period-overridden', { table: 'period_override', id, accountIds })
    })
  }
}

export function closedRefusal({ accountId, closedThrough }: LockInForce, day: PlainDate) {
  const whose = accountId === null ? 'all accounts are' : 'the account is'
  const detail = `${day} lies in a closed period: ${whose} closed through ${closedThrough}`
  return { code: 'period_closed', detail, facts: { date: day, closedThrough } } as const
}
