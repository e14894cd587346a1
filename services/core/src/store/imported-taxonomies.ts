import type { Actor } from '@pe/contracts/actor.ts'
import type { Taxonomy } from '@pe/contracts/taxonomies.ts'
import { sql } from 'kysely'
import type { CoreSql } from '../core-deps.ts'
import { readTaxonomy } from './taxonomies.ts'

/** The taxonomy that a file knows by this key, with the ids of the nodes it knows; null when nobody has imported it. */
export async function findByKey(
  db: CoreSql,
  actor: Actor,
  key: string,
): Promise<{ taxonomy: Taxonomy; nodeIds: ReadonlyMap<string, string> } | null> {
  const found = await db
    .selectFrom('taxonomy')
    .select('id')
    .where('organisation_id', '=', actor.organisationId)
    .where('source_key', '=', key)
    .executeTakeFirst()
  if (!found) return null
  const nodes = await db
    .selectFrom('taxonomy_node')
    .select(['id', 'source_key as key'])
    .where('taxonomy_id', '=', found.id)
    .where('source_key', 'is not', null)
    .execute()
  return { taxonomy: await readTaxonomy(db, actor, found.id), nodeIds: new Map(nodes.map(({ key: own, id }) => [own ?? '', id])) }
}

/** Names of taxonomies are unique: 'Regions' becomes 'Regions 2' when there is one already. */
export async function freeTaxonomyName(db: CoreSql, actor: Actor, wanted: string, alsoTaken: ReadonlySet<string>): Promise<string> {
  const rows = await db
    .selectFrom('taxonomy')
    .select(sql<string>`lower(name)`.as('name'))
    .where('organisation_id', '=', actor.organisationId)
    .execute()
  const taken = new Set([...rows.map(({ name }) => name), ...alsoTaken])
  let name = wanted
  for (let nth = 2; taken.has(name.toLowerCase()); nth++) name = `${wanted} ${nth}`
  return name
}

export interface NewTaxonomy {
  readonly id: string
  readonly key: string
  readonly name: string
  readonly createdAt: string
  readonly importId: string
}

export async function insertTaxonomy(db: CoreSql, actor: Actor, { id, key, name, createdAt, importId }: NewTaxonomy): Promise<void> {
  const row = { id, organisation_id: actor.organisationId, name, note: '', created_at: createdAt }
  await db
    .insertInto('taxonomy')
    .values({ ...row, source_key: key, added_by_import: importId })
    .execute()
}

export interface NewNode {
  readonly id: string
  readonly key: string
  readonly parentId: string | null
  readonly position: number
  readonly name: string
  readonly description: string
  readonly colour: string | null
}

/** Each after the one it stands below. */
export async function insertNodes(
  db: CoreSql,
  actor: Actor,
  taxonomyId: string,
  nodes: readonly NewNode[],
  importId: string,
): Promise<void> {
  if (nodes.length === 0) return
  const rows = nodes.map(({ key, parentId, ...node }) => ({ ...node, parent_id: parentId, source_key: key }))
  const common = { organisation_id: actor.organisationId, taxonomy_id: taxonomyId, added_by_import: importId }
  await db
    .insertInto('taxonomy_node')
    .values(rows.map((row) => ({ ...row, ...common })))
    .execute()
}

/**
 * Takes away what an import brought to taxonomies, and what was assigned to accounts that are gone. What a person has put to use since
 * stays: a node that holds something, a tree that has a node. Answers the taxonomies that changed.
 */
export async function removeImported(db: CoreSql, actor: Actor, importId: string, goneAccounts: readonly string[]): Promise<string[]> {
  const changed = new Set<string>()
  const assignments = await sql<{ taxonomy_id: string }>`
    delete from taxonomy_assignment
    where organisation_id = ${actor.organisationId}
      and (added_by_import = ${importId} or (kind = 'account' and object_id = any(${goneAccounts}::uuid[])))
    returning taxonomy_id`.execute(db)
  for (const row of assignments.rows) changed.add(row.taxonomy_id)
  // from the leaves up: a parent is empty once those below it are gone
  for (;;) {
    const { rows } = await sql<{ taxonomy_id: string }>`
      delete from taxonomy_node as node
      where organisation_id = ${actor.organisationId} and added_by_import = ${importId}
        and not exists (select from taxonomy_node as below where below.parent_id = node.id)
        and not exists (select from taxonomy_assignment as held where held.node_id = node.id)
      returning taxonomy_id`.execute(db)
    if (rows.length === 0) break
    for (const row of rows) changed.add(row.taxonomy_id)
  }
  const trees = await sql<{ id: string }>`
    delete from taxonomy
    where organisation_id = ${actor.organisationId} and added_by_import = ${importId}
      and not exists (select from taxonomy_node where taxonomy_id = taxonomy.id)
    returning id`.execute(db)
  for (const { id } of trees.rows) changed.add(id)
  return [...changed]
}
