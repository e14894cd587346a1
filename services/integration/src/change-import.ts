import type { Call } from '@pe/contracts/actor.ts'
import type { Import, integrationRoutes, Mapping } from '@pe/contracts/integration.ts'
import type { Input } from '@pe/contracts/route.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { IntegrationDeps } from './integration-deps.ts'
import { savePreview } from './preview-import.ts'
import { readStored } from './read-file.ts'
import { releaseImport } from './release-import.ts'
import { findImport, type ImportRecord, orRefuseHeld, shown } from './store/imports.ts'
import { clearStagedFile } from './store/staged-rows.ts'

/** Reads the file again: with another mapping, into another portfolio. */
export async function changeImport(
  deps: IntegrationDeps,
  { params: { importId }, body }: Input<typeof integrationRoutes.changeImport>,
  call: Call,
): Promise<Import> {
  const before = await findImport(deps.db.sql, call.actor, importId)
  orRefuseChange(before)
  const mapping = body.mapping ?? settingsOf(before)
  const target = { importId, portfolio: body.portfolio ?? before.portfolio, baseCurrency: body.baseCurrency ?? before.asked_currency }
  const file = await readStored(deps, { fileKey: before.file_key, fileName: before.file_name, mapping }, call)
  if (file.long) await hold(deps, importId, call)
  try {
    await savePreview(deps, 'import.change', { file, target, mapping }, call, {
      async lock(tx) {
        if (!file.long) orRefuseChange(await findImport(tx.sql, call.actor, importId, { lock: true }))
      },
      async save(tx, columns) {
        // what another mapping made of the file
        if (!file.long) await clearStagedFile(tx.sql, importId)
        const changes = { ...columns, committing_at: null }
        await tx.sql.updateTable('import').set(changes).where('id', '=', importId).execute()
      },
    })
  } catch (trouble) {
    if (file.long) await releaseImport(deps, importId, call)
    throw trouble
  }
  return shown(await findImport(deps.db.sql, call.actor, importId))
}

/** Rows of a long file are staged outside of any database transaction: until all are, nobody else commits or changes the import. */
async function hold(deps: IntegrationDeps, importId: string, call: Call): Promise<void> {
  await deps.db.write({ call, action: 'import.hold', subject: `import:${importId}` }, async (tx) => {
    orRefuseChange(await findImport(tx.sql, call.actor, importId, { lock: true }))
    await tx.sql.updateTable('import').set({ committing_at: deps.clock.now() }).where('id', '=', importId).execute()
  })
}

function orRefuseChange(record: ImportRecord): void {
  if (record.state !== 'needs-mapping' && record.state !== 'previewed')
    throw new Refused('wrong_import_state', `this import is ${record.state}; only a preview can be changed`)
  orRefuseHeld(record)
}

/** How it was read; columns that nobody has looked at yet are no mapping, so they are found anew. */
function settingsOf({ state, mapping }: Pick<ImportRecord, 'state' | 'mapping'>): Mapping | null {
  return mapping && state === 'needs-mapping' ? { ...mapping, columns: {} } : mapping
}
