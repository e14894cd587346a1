import type { Call } from '@pe/contracts/actor.ts'
import type { IntegrationDeps } from './integration-deps.ts'

/** Keeps with an import which instruments it is about to record of. */
export async function rememberInstruments(deps: IntegrationDeps, importId: string, instrumentIds: string[], call: Call): Promise<void> {
  await deps.db.write({ call, action: 'import.resolve', subject: `import:${importId}` }, (tx) =>
    tx.sql
      .updateTable('import')
      .set({ instrument_ids: JSON.stringify(instrumentIds) })
      .where('id', '=', importId)
      .execute(),
  )
}
