import type { Call } from '@pe/contracts/actor.ts'
import type { coreRoutes } from '@pe/contracts/core.ts'
import type { Input, Reply } from '@pe/contracts/route.ts'
import type { CoreDeps } from './core-deps.ts'
import { readAppliedActions } from './store/action-applications.ts'
import { readBookVersions, readChangedDays, readInstrumentsInUse, readLastChange, readLedger } from './store/ledger.ts'

/** The books of these accounts as other services fold them: versions and entries of one snapshot. */
export async function ledger(
  core: CoreDeps,
  { body }: Input<typeof coreRoutes.ledger>,
  call: Call,
): Promise<Reply<typeof coreRoutes.ledger>> {
  return await core.db.snapshot(async (db) => {
    const versions = await readBookVersions(db, call.actor, body.accountIds)
    const known = versions.map(({ accountId }) => accountId)
    const upTo = await readLastChange(db, call.actor, known)
    const entries = await readLedger(db, call.actor, known, { instrumentIds: body.instrumentIds, knownAt: body.knownAt })
    const actions = await readAppliedActions(db, call.actor, known, body.knownAt)
    return { versions, upTo, entries, actions }
  })
}

/** What to put in place of the days that changed since the books were read. */
export async function ledgerChanges(
  core: CoreDeps,
  { body }: Input<typeof coreRoutes.ledgerChanges>,
  call: Call,
): Promise<Reply<typeof coreRoutes.ledgerChanges>> {
  return await core.db.snapshot(async (db) => {
    const versions = await readBookVersions(db, call.actor, body.accountIds)
    const known = versions.map(({ accountId }) => accountId)
    const { upTo, days } = await readChangedDays(db, call.actor, known, body.since)
    const entries = await readLedger(db, call.actor, known, { days })
    return { versions, upTo, days, entries, actions: await readAppliedActions(db, call.actor, known) }
  })
}

export async function bookVersions(
  core: CoreDeps,
  { body }: Input<typeof coreRoutes.bookVersions>,
  call: Call,
): Promise<Reply<typeof coreRoutes.bookVersions>> {
  const versions = await readBookVersions(core.db.sql, call.actor, body.accountIds)
  return { versions: versions.map(({ accountId, version }) => ({ accountId, version })) }
}

export async function instrumentsInUse(
  core: CoreDeps,
  { body }: Input<typeof coreRoutes.instrumentsInUse>,
  call: Call,
): Promise<Reply<typeof coreRoutes.instrumentsInUse>> {
  return { instrumentIds: await readInstrumentsInUse(core.db.sql, call.actor, body.instrumentIds) }
}
