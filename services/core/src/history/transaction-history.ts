import type { Call } from '@pe/contracts/actor.ts'
import type { coreRoutes } from '@pe/contracts/core.ts'
import type { HistoryAct, TransactionHistory } from '@pe/contracts/history.ts'
import type { Input } from '@pe/contracts/route.ts'
import type { Transaction } from '@pe/contracts/transactions.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { CoreDeps } from '../core-deps.ts'
import type { TransactionRow } from '../store/transactions.ts'
import { readVersions } from '../store/versions.ts'
import { transactionsOf } from '../transactions.ts'
import { changesBetween, statedFields } from './stated-fields.ts'

/** One statement as it was recorded: a transaction, or the legs of an event. */
interface Version {
  readonly rows: readonly TransactionRow[]
  readonly told: readonly Transaction[]
}

/** Who stated what, when and why, in the order in which it was done. */
export async function transactionHistory(
  core: CoreDeps,
  { params: { transactionId } }: Input<typeof coreRoutes.transactionHistory>,
  call: Call,
): Promise<TransactionHistory> {
  const rows = await readVersions(core.db.sql, call.actor, transactionId)
  if (rows.length === 0) throw new Refused('not_found', 'there is no such transaction')
  const told = new Map((await transactionsOf(core, call, rows)).map((transaction) => [transaction.id, transaction]))
  const versions = [...Map.groupBy(rows, ({ id, eventId }) => eventId ?? id).values()].map(
    (group): Version => ({ rows: group, told: group.flatMap(({ id }) => told.get(id) ?? []) }),
  )
  const acts = versions.flatMap((version, at) => {
    const came = comingOf(version, versions[at - 1])
    const next = versions[at + 1]
    // A correction is one act: what it voids is not told apart.
    const went = next && comingOf(next, version).act === 'corrected' ? null : goingOf(version)
    return went ? [came, went] : [came]
  })
  return { acts }
}

function comingOf(version: Version, before: Version | undefined): HistoryAct {
  const first = firstOf(version)
  const shared = { at: first.recordedAt, by: first.recordedBy, eventKind: first.eventKind, transactions: [...version.told] }
  if (!before) return { ...shared, act: 'recorded', reason: null, changes: [] }
  const ended = firstOf(before)
  const changes = changesBetween(statedFields(before.rows), statedFields(version.rows))
  // What is recorded again as it was, some time after it was voided, was reinstated.
  const corrected = ended.voidedAt === first.recordedAt || changes.length > 0
  return { ...shared, act: corrected ? 'corrected' : 'reinstated', reason: corrected ? ended.voidReason : null, changes }
}

function goingOf(version: Version): HistoryAct | null {
  const { voidedAt, voidedBy, voidReason, eventKind } = firstOf(version)
  if (voidedAt === null || voidedBy === null) return null
  return { act: 'voided', at: voidedAt, by: voidedBy, reason: voidReason, eventKind, transactions: [...version.told], changes: [] }
}

function firstOf({ rows }: Version): TransactionRow {
  const [first] = rows
  if (!first) throw new Error('a version without a transaction')
  return first
}
