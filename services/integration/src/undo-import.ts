import type { Call } from '@pe/contracts/actor.ts'
import type { Import, integrationRoutes } from '@pe/contracts/integration.ts'
import type { Input } from '@pe/contracts/route.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { IntegrationDeps } from './integration-deps.ts'
import { findImport, shown } from './store/imports.ts'
import { takeBack } from './take-back.ts'

/** Takes a whole import back. Refused where something recorded later needs its units; afterwards the same file can be imported again. */
export async function undoImport(
  deps: IntegrationDeps,
  { params: { importId } }: Input<typeof integrationRoutes.undoImport>,
  call: Call,
): Promise<Import> {
  const record = await findImport(deps.db.sql, call.actor, importId)
  if (record.state !== 'committed')
    throw new Refused('wrong_import_state', `this import is ${record.state}; only a committed one can be undone`)
  await takeBack(deps, record, call)
  await deps.db.write({ call, action: 'import.undo', subject: `import:${importId}` }, async (tx) => {
    await tx.sql.updateTable('import').set({ state: 'undone', undone_at: deps.clock.now() }).where('id', '=', importId).execute()
    await tx.announce('import-undone', `${call.actor.organisationId}:${importId}`, { importId })
  })
  return shown(await findImport(deps.db.sql, call.actor, importId))
}
