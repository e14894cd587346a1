import type { Actor } from '@pe/contracts/actor.ts'
import type { Import } from '@pe/contracts/integration.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { Kysely, Selectable } from 'kysely'
import type { ImportTable, IntegrationTables } from './tables.ts'

export type ImportRecord = Selectable<ImportTable>
type Sql = Kysely<IntegrationTables>

/** One import of the caller's organisation; refuses `not_found`. With `lock` nobody else changes it until the transaction ends. */
export async function findImport(db: Sql, { organisationId }: Actor, id: string, { lock = false } = {}): Promise<ImportRecord> {
  const query = db.selectFrom('import').selectAll().where('id', '=', id).where('organisation_id', '=', organisationId)
  const found = await (lock ? query.forUpdate() : query).executeTakeFirst()
  if (!found) throw new Refused('not_found', `there is no import ${id}`)
  return found
}

/** Refuses `wrong_import_state` while an import is being committed, or a long file of it is read again. */
export function orRefuseHeld({ committing_at: heldSince }: ImportRecord): void {
  if (heldSince) throw new Refused('wrong_import_state', 'this import is being committed or changed')
}

/** Newest first: ids grow with time. */
export async function listRecords(db: Sql, { organisationId }: Actor, before: string | undefined, limit: number): Promise<ImportRecord[]> {
  let query = db.selectFrom('import').selectAll().where('organisation_id', '=', organisationId)
  if (before !== undefined) query = query.where('id', '<', before)
  return query.orderBy('id', 'desc').limit(limit).execute()
}

/** Commits that never ended, of all organisations: the process that ran them is gone. */
export async function interruptedCommits(db: Sql): Promise<ImportRecord[]> {
  return db.selectFrom('import').selectAll().where('committing_at', 'is not', null).execute()
}

/** Imports of all organisations that were abandoned or undone before a moment and whose file is still there. */
export async function spentImports(db: Sql, before: string): Promise<ImportRecord[]> {
  const query = db.selectFrom('import').selectAll().where('file_key', '<>', '').where('committing_at', 'is', null)
  const spent = query.where((where) =>
    where.or([
      where.and([where('state', 'in', ['needs-mapping', 'previewed']), where('created_at', '<', new Date(before))]),
      where.and([where('state', '=', 'undone'), where('undone_at', '<', new Date(before))]),
    ]),
  )
  return spent.execute()
}

export function shown(record: ImportRecord): Import {
  return {
    id: record.id,
    fileName: record.file_name,
    size: Number(record.size),
    state: record.state,
    format: record.format,
    variant: record.variant,
    variantNote: record.variant_note,
    content: record.content,
    mapping: record.mapping,
    sample: record.sample,
    portfolio: record.portfolio,
    portfolioId: record.portfolio_id,
    baseCurrency: record.base_currency,
    counts: record.counts,
    adds: { ...record.adds, taxonomies: record.adds.taxonomies ?? 0 },
    warnings: record.notes.map(({ detail }) => detail),
    notes: record.notes,
    createdAt: record.created_at.toISOString(),
    committedAt: record.committed_at?.toISOString() ?? null,
    undoneAt: record.undone_at?.toISOString() ?? null,
  }
}
