import type { Call } from '@pe/contracts/actor.ts'
import type { IntegrationDeps } from './integration-deps.ts'

/** Lets others commit or change an import again that was held for one of both. */
export async function releaseImport(deps: IntegrationDeps, importId: string, call: Call): Promise<void> {
  await deps.db.write({ call, action: 'import.release', subject: `import:${importId}` }, (tx) =>
    tx.sql.updateTable('import').set({ committing_at: null }).where('id', '=', importId).execute(),
  )
}
