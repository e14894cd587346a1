import { isDeepStrictEqual } from 'node:util'
import type { Call } from '@pe/contracts/actor.ts'
import type { Import, integrationRoutes } from '@pe/contracts/integration.ts'
import type { Input } from '@pe/contracts/route.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { ImportedFile } from './importers/imported-file.ts'
import type { IntegrationDeps } from './integration-deps.ts'
import type { KeptFile } from './kept-file.ts'
import { recordLong, stagedOf } from './long/commit-long.ts'
import { readStored } from './read-file.ts'
import { type Recorded, recordFile } from './record-file.ts'
import { namedRows, refusedFor } from './refused-rows.ts'
import { releaseImport } from './release-import.ts'
import { listRows } from './store/import-rows.ts'
import { findImport, type ImportRecord, orRefuseHeld, shown } from './store/imports.ts'
import { clearStagedFile, reportStaged } from './store/staged-rows.ts'
import { takeBack } from './take-back.ts'

/**
 * Records what the preview shows. The book's part is one database transaction in core; market's part comes before it and is taken back when
 * core refuses, so that nothing is half imported. Every step knows the import and may be repeated.
 */
export async function commitImport(
  deps: IntegrationDeps,
  { params: { importId }, body }: Input<typeof integrationRoutes.commitImport>,
  call: Call,
): Promise<Import> {
  const skipErrors = body.skipErrors ?? false
  const record = await claim(deps, importId, skipErrors, call)
  try {
    const done = await recordEither(deps, record, skipErrors, call)
    await deps.db.write({ call, action: 'import.commit', subject: `import:${importId}` }, async (tx) => {
      const changes = { state: 'committed', committed_at: deps.clock.now(), committing_at: null, portfolio_id: done.portfolioId } as const
      const counts = done.counts ? { counts: JSON.stringify(done.counts) } : {}
      const query = tx.sql.updateTable('import').set({ ...changes, ...counts, adds: JSON.stringify(done.adds) })
      await query.where('id', '=', importId).execute()
      if (done.counts) await done.saveRows(tx)
      await tx.announce('import-committed', `${call.actor.organisationId}:${importId}`, { importId })
    })
    await clearStagedFile(deps.db.sql, importId)
  } catch (trouble) {
    await takeBack(deps, await findImport(deps.db.sql, call.actor, importId), call)
    await releaseImport(deps, importId, call)
    throw trouble
  }
  return shown(await findImport(deps.db.sql, call.actor, importId))
}

/** A file that stands in memory, or one whose rows are staged. */
async function recordEither(deps: IntegrationDeps, record: ImportRecord, skipErrors: boolean, call: Call): Promise<Recorded> {
  const importId = record.id
  const kept = keptOf(deps, record)
  let read: ImportedFile | null = null
  const readAgain = () => readFileOf(deps, record, call)
  const staged = kept ? null : await stagedOf(deps, importId, async () => (read = await readAgain()), call)
  if (!staged) return recordFile(deps, record, kept ?? { file: read ?? (await readAgain()) }, readAgain, skipErrors, call)
  const done = await recordLong(deps, record, staged, skipErrors, call)
  return { ...done, saveRows: (tx) => reportStaged(tx.sql, importId, done.about.asDeliveries) }
}

/** What this process keeps of the preview, unless another one has changed the import since. */
function keptOf(deps: IntegrationDeps, { id, portfolio, asked_currency: baseCurrency, mapping }: ImportRecord): KeptFile | undefined {
  const kept = deps.keptFiles.take(id)
  return isDeepStrictEqual(kept?.asked, { portfolio, baseCurrency, mapping }) ? kept : undefined
}

/** Checks that the import can be committed, and marks it, so that two people do not commit it twice and a crash leaves a trace. */
async function claim(deps: IntegrationDeps, importId: string, skipErrors: boolean, call: Call): Promise<ImportRecord> {
  return deps.db.write({ call, action: 'import.claim', subject: `import:${importId}` }, async (tx) => {
    const record = await findImport(tx.sql, call.actor, importId, { lock: true })
    if (record.state === 'needs-mapping') throw new Refused('mapping_needed', 'say first which column is what')
    if (record.state !== 'previewed') throw new Refused('wrong_import_state', `this import is ${record.state} already`)
    orRefuseHeld(record)
    const { error, needsDecision } = record.counts
    if (needsDecision > 0) await refuseRows(tx.sql, importId, 'needs-decision', needsDecision)
    if (error > 0 && !skipErrors) await refuseRows(tx.sql, importId, 'error', error)
    const isBook = record.content === 'book' || record.content === 'transactions'
    if (isBook && record.portfolio === null)
      throw new Refused('field_missing', 'name the portfolio to import into', [{ path: 'portfolio', detail: 'missing' }])
    if (isBook && record.base_currency === null)
      throw new Refused('field_missing', `the portfolio ${record.portfolio} is new and the file does not say its base currency: give one`, [
        { path: 'baseCurrency', detail: 'missing' },
      ])
    await tx.sql.updateTable('import').set({ committing_at: deps.clock.now() }).where('id', '=', importId).execute()
    return record
  })
}

async function refuseRows(
  db: Parameters<typeof listRows>[0],
  importId: string,
  state: 'error' | 'needs-decision',
  count: number,
): Promise<never> {
  throw refusedFor(state, count, await listRows(db, importId, { state, limit: namedRows }))
}

/** After a restart, or for a file too large to keep: the same bytes give the same rows. */
function readFileOf(
  deps: IntegrationDeps,
  { file_key: fileKey, file_name: fileName, mapping }: ImportRecord,
  call: Call,
): Promise<ImportedFile> {
  return readStored(deps, { fileKey, fileName, mapping }, call)
}
