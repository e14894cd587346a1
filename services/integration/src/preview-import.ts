import type { Call } from '@pe/contracts/actor.ts'
import { type Import, type integrationRoutes, Mapping } from '@pe/contracts/integration.ts'
import type { Input } from '@pe/contracts/route.ts'
import type { WriteTx } from '@pe/platform/db/database.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import { Value } from 'typebox/value'
import type { ImportedFile } from './importers/imported-file.ts'
import { maxFileBytes } from './importers/limits.ts'
import type { IntegrationDeps } from './integration-deps.ts'
import { hasBook, type Judgement, judgeFile, type Target } from './judge-file.ts'
import { judgeLongFile } from './long/preview-long.ts'
import { readStored } from './read-file.ts'
import { replaceRows } from './store/import-rows.ts'
import { findImport, shown } from './store/imports.ts'
import { reportStaged } from './store/staged-rows.ts'
import type { IntegrationTables } from './store/tables.ts'

/** Stores the file as it streams in, reads it and asks what committing it would do. A file that cannot be read leaves nothing behind. */
export async function previewImport(
  deps: IntegrationDeps,
  { query, body }: Input<typeof integrationRoutes.previewImport>,
  call: Call,
): Promise<Import> {
  const importId = deps.ids.next()
  const fileKey = `imports/${importId}`
  const mapping = query.mapping === undefined ? null : readMapping(query.mapping)
  const { size } = await deps.files.put(fileKey, body, { maxBytes: maxFileBytes })
  try {
    const target = { importId, portfolio: query.portfolio ?? null, baseCurrency: query.baseCurrency ?? null }
    const file = await readStored(deps, { fileKey, fileName: query.fileName, mapping }, call)
    const about = {
      id: importId,
      organisation_id: call.actor.organisationId,
      file_key: fileKey,
      file_name: query.fileName,
      size,
      created_at: deps.clock.now(),
    }
    await savePreview(deps, 'import.preview', { file, target, mapping }, call, {
      save: (tx, columns) =>
        tx.sql
          .insertInto('import')
          .values({ ...about, ...columns })
          .execute(),
    })
  } catch (trouble) {
    await deps.files.delete(fileKey)
    throw trouble
  }
  return shown(await findImport(deps.db.sql, call.actor, importId))
}

interface ToPreview {
  readonly file: ImportedFile
  readonly target: Target
  readonly mapping: Mapping | null
}

interface PreviewRecord {
  /** Of one that stands: keeps everybody else from changing it meanwhile. */
  readonly lock?: (tx: WriteTx<IntegrationTables>) => Promise<void>
  readonly save: (tx: WriteTx<IntegrationTables>, columns: PreviewColumns) => Promise<unknown>
}

/**
 * Judges a file and saves what is found. The rows of a book are on their way to the report while the book is asked about them; where it has
 * something to say of any, they go once more.
 */
export async function savePreview(
  deps: IntegrationDeps,
  action: string,
  { file, target, mapping }: ToPreview,
  call: Call,
  record: PreviewRecord,
): Promise<void> {
  const { importId } = target
  const judge = () => previewOf(deps, file, target, mapping, call)
  const judged = file.long || !hasBook(file) ? await judge() : null
  const verdict = await deps.db.write({ call, action, subject: `import:${importId}` }, async (tx) => {
    await record.lock?.(tx)
    const changes = file.rows.changes
    const preview = judged ?? (await Promise.all([judge(), replaceRows(tx, importId, file.rows)]))[0]
    await record.save(tx, preview.columns)
    if (judged || file.rows.changes !== changes) await preview.saveRows(tx)
    return preview.verdict
  })
  if (file.long) return
  // as the record will say it
  const asMapped = JSON.parse(JSON.stringify(mapping ?? file.mapping)) as Mapping | null
  const asked = { portfolio: target.portfolio, baseCurrency: target.baseCurrency, mapping: asMapped }
  deps.keptFiles.keep(importId, { file, verdict, asked }, file.rows.length)
}

/** The columns of `import` that a preview fills, and how the report of its rows is saved. */
async function previewOf(deps: IntegrationDeps, file: ImportedFile, target: Target, asked: Mapping | null, call: Call) {
  const { long } = file
  if (long) {
    const judgement = await judgeLongFile(deps, file, long, target, call)
    return {
      columns: columnsOf(file, target, asked, judgement, judgement.counts),
      verdict: null,
      saveRows: (tx: WriteTx<IntegrationTables>) => reportStaged(tx.sql, target.importId, judgement.about.asDeliveries),
    }
  }
  const judgement = file.needsMapping ? unmapped(target) : await judgeFile(deps, file, target, call)
  return {
    columns: columnsOf(file, target, asked, judgement, file.rows.counts()),
    verdict: judgement.verdict,
    saveRows: (tx: WriteTx<IntegrationTables>) => replaceRows(tx, target.importId, file.rows),
  }
}

function unmapped({ baseCurrency }: Target): Judgement {
  return {
    portfolioId: null,
    baseCurrency,
    adds: { accounts: 0, instruments: 0, transactions: 0, closes: 0, rates: 0, taxonomies: 0 },
    notes: [],
    verdict: null,
  }
}

type PreviewColumns = ReturnType<typeof columnsOf>

function columnsOf(
  file: ImportedFile,
  target: Target,
  asked: Mapping | null,
  judgement: Omit<Judgement, 'verdict'>,
  counts: Import['counts'],
) {
  return {
    state: file.needsMapping ? ('needs-mapping' as const) : ('previewed' as const),
    format: file.format,
    variant: file.variant,
    variant_note: json(file.variantNote),
    content: file.content,
    mapping: json(file.needsMapping ? file.mapping : (asked ?? file.mapping)),
    sample: json(file.sample),
    portfolio: target.portfolio,
    asked_currency: target.baseCurrency,
    portfolio_id: judgement.portfolioId,
    base_currency: judgement.baseCurrency,
    counts: JSON.stringify(counts),
    adds: JSON.stringify(judgement.adds),
    notes: JSON.stringify([...file.notes, ...judgement.notes]),
  }
}

function json(value: unknown): string | null {
  return value === null ? null : JSON.stringify(value)
}

function readMapping(text: string): Mapping {
  let mapping: unknown
  try {
    mapping = JSON.parse(text)
  } catch {
    throw new Refused('bad_request', 'the mapping is no JSON')
  }
  if (Value.Check(Mapping, mapping)) return mapping
  const [error] = Value.Errors(Mapping, mapping)
  throw new Refused('bad_request', `the mapping is wrong${error ? ` at ${error.instancePath || 'its top'}: ${error.message}` : ''}`)
}
