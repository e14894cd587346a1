import type { Call } from '@pe/contracts/actor.ts'
import { localOwner } from '@pe/contracts/actor.ts'
import { acrossOrganisations } from '@pe/platform/db/current-call.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { IntegrationDeps } from './integration-deps.ts'
import { type ImportRecord, interruptedCommits } from './store/imports.ts'

/** Takes an import out of the book and then out of market, where instruments that the book still uses stay. Safe to run twice. */
export async function takeBack(
  deps: IntegrationDeps,
  { id: importId, instrument_ids: instrumentIds }: ImportRecord,
  call: Call,
): Promise<void> {
  try {
    await deps.core.undoBatch({ params: { importId }, body: {} }, call)
  } catch (trouble) {
    // prices and rates have no batch, and neither has an import that was taken back before
    if (!(trouble instanceof Refused) || trouble.code !== 'not_found') throw trouble
  }
  const inUse = instrumentIds.length > 0 ? (await deps.core.instrumentsInUse({ body: { instrumentIds } }, call)).instrumentIds : []
  await deps.market.undoMarketImport({ params: { importId }, body: { keepInstrumentIds: inUse } }, call)
}

/** At the start: commits that a crash interrupted are taken back, so that their files can be imported again. */
export async function recoverInterrupted(deps: IntegrationDeps): Promise<void> {
  for (const record of await acrossOrganisations(() => interruptedCommits(deps.db.sql))) {
    const call: Call = { actor: { ...localOwner, organisationId: record.organisation_id }, traceId: deps.ids.next().replaceAll('-', '') }
    try {
      await takeBack(deps, record, call)
      await deps.db.write({ call, action: 'import.recover', subject: `import:${record.id}` }, (tx) =>
        tx.sql.updateTable('import').set({ committing_at: null }).where('id', '=', record.id).execute(),
      )
      deps.log.warn({ action: 'import.recover', status: 'success', importId: record.id })
    } catch (trouble) {
      // the import stays claimed and the next start tries again; the rest of the house can serve meanwhile
      deps.log.error({ action: 'import.recover', status: 'failure', importId: record.id }, trouble)
    }
  }
}
