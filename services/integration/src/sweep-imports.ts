import type { Call } from '@pe/contracts/actor.ts'
import { localOwner } from '@pe/contracts/actor.ts'
import { epochMilliseconds, instantOf } from '@pe/finance/time/instant.ts'
import { acrossOrganisations } from '@pe/platform/db/current-call.ts'
import type { IntegrationDeps } from './integration-deps.ts'
import { type ImportRecord, spentImports } from './store/imports.ts'
import { clearStagedFile } from './store/staged-rows.ts'

const keptMilliseconds = 30 * 86_400_000

/**
 * Clears what nobody comes back to after a month: previews that were never committed, and the file and the row report of an import that was
 * undone. The import itself stays in the list where it was once committed.
 */
export async function sweepImports(deps: IntegrationDeps): Promise<void> {
  const before = instantOf(epochMilliseconds(deps.clock.now()) - keptMilliseconds)
  for (const record of await acrossOrganisations(() => spentImports(deps.db.sql, before))) {
    try {
      await clear(deps, record)
    } catch (trouble) {
      // the next sweep finds it again
      deps.log.error({ action: 'import.sweep', status: 'failure', importId: record.id }, trouble)
    }
  }
}

async function clear(deps: IntegrationDeps, { id, organisation_id }: ImportRecord): Promise<void> {
  const call: Call = { actor: { ...localOwner, organisationId: organisation_id }, traceId: deps.ids.next().replaceAll('-', '') }
  await deps.db.write({ call, action: 'import.sweep', subject: `import:${id}` }, async (tx) => {
    // as it is now, so that one that is being committed meanwhile is left alone
    const found = await tx.sql.selectFrom('import').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
    if (!found || found.committing_at || found.state === 'committed') return
    await deps.files.delete(found.file_key)
    await clearStagedFile(tx.sql, id)
    await tx.sql.deleteFrom('import_row').where('import_id', '=', id).execute()
    if (found.state !== 'undone') await tx.sql.deleteFrom('import').where('id', '=', id).execute()
    else await tx.sql.updateTable('import').set({ file_key: '' }).where('id', '=', id).execute()
  })
}
