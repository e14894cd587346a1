import type { Call } from '@pe/contracts/actor.ts'
import type { Import, integrationRoutes, Mapping } from '@pe/contracts/integration.ts'
import type { Input } from '@pe/contracts/route.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { IntegrationDeps } from './integration-deps.ts'
import { savePreview } from './preview-import.ts'
import { readStored } from './read-file.ts'
import { findImport, type ImportRecord, shown } from './store/imports.ts'

/** Reads the file again: with another mapping, into another portfolio. */
export async function changeImport(
  deps: IntegrationDeps,
  { params: { importId }, body }: Input<typeof integrationRoutes.changeImport>,
  call: Call,
): Promise<Import> {
  const before = await findImport(deps.db.sql, call.actor, importId)
  if (before.state !== 'needs-mapping' && before.state !== 'previewed')
    throw new Refused('wrong_import_state', `this import is ${before.state}; only a preview can be changed`)
  const mapping = body.mapping ?? settingsOf(before)
  const target = { importId, portfolio: body.portfolio ?? before.portfolio, baseCurrency: body.baseCurrency ?? before.asked_currency }
  const file = await readStored(deps, { fileKey: before.file_key, fileName: before.file_name, mapping }, call)
  await savePreview(deps, 'import.change', { file, target, mapping }, call, {
    async lock(tx) {
      const { state } = await findImport(tx.sql, call.actor, importId, { lock: true })
      if (state !== before.state) throw new Refused('wrong_import_state', `this import is ${state} by now`)
    },
    save: (tx, columns) => tx.sql.updateTable('import').set(columns).where('id', '=', importId).execute(),
  })
  return shown(await findImport(deps.db.sql, call.actor, importId))
}

/** How it was read; columns that nobody has looked at yet are no mapping, so they are found anew. */
function settingsOf({ state, mapping }: Pick<ImportRecord, 'state' | 'mapping'>): Mapping | null {
  return mapping && state === 'needs-mapping' ? { ...mapping, columns: {} } : mapping
}
