import type { Actor } from '@pe/contracts/actor.ts'
import type { Assignment, ObjectKind, Taxonomy, TaxonomyNode, TaxonomySummary } from '@pe/contracts/taxonomies.ts'
import { inTreeOrder } from '@pe/finance/taxonomy/tree.ts'
import type { NodeWeight } from '@pe/finance/taxonomy/weights.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import { sql } from 'kysely'
import type { CoreSql } from '../core-deps.ts'
import { decimalText, instantText } from './as-wire.ts'

export async function readSummaries(
  db: CoreSql,
  actor: Actor,
  { after, limit }: { after: readonly string[] | undefined; limit: number },
): Promise<TaxonomySummary[]> {
  return await db
    .selectFrom('taxonomy')
    .select([
      'id',
      'name',
      'note',
      instantText('created_at').as('createdAt'),
      'version',
      sql<number>`(select count(*)::int from taxonomy_node where taxonomy_id = taxonomy.id)`.as('nodeCount'),
      sql<number>`(select count(distinct object_id)::int from taxonomy_assignment where taxonomy_id = taxonomy.id)`.as('objectCount'),
    ])
    .where('organisation_id', '=', actor.organisationId)
    .$if(after !== undefined, (query) => query.where(sql<boolean>`(lower(name), id) > (${after?.[0]}, ${after?.[1]}::uuid)`))
    .orderBy(sql`lower(name)`)
    .orderBy('id')
    .limit(limit)
    .execute()
}

/** A whole tree, with `lock` kept from other writers until the transaction ends. */
export async function readTaxonomy(db: CoreSql, actor: Actor, taxonomyId: string, { lock = false } = {}): Promise<Taxonomy> {
  const taxonomy = await db
    .selectFrom('taxonomy')
    .select(['id', 'name', 'note', instantText('created_at').as('createdAt'), 'version'])
    .where('organisation_id', '=', actor.organisationId)
    .where('id', '=', taxonomyId)
    .$if(lock, (query) => query.forUpdate())
    .executeTakeFirst()
  if (!taxonomy) throw new Refused('not_found', 'there is no such taxonomy')
  return { ...taxonomy, nodes: await readNodes(db, taxonomyId), assignments: await readAssignments(db, taxonomyId) }
}

async function readNodes(db: CoreSql, taxonomyId: string): Promise<TaxonomyNode[]> {
  const nodes = await db
    .selectFrom('taxonomy_node')
    .select(['id', 'parent_id as parentId', 'name', 'description', 'colour'])
    .where('taxonomy_id', '=', taxonomyId)
    .orderBy('position')
    .orderBy('id')
    .execute()
  return inTreeOrder(nodes).map(({ node }) => node)
}

async function readAssignments(db: CoreSql, taxonomyId: string): Promise<Assignment[]> {
  return await db
    .selectFrom('taxonomy_assignment')
    .select(['node_id as nodeId', 'kind', 'object_id as objectId', decimalText('weight').as('weight')])
    .where('taxonomy_id', '=', taxonomyId)
    .orderBy('kind')
    .orderBy('object_id')
    .orderBy('node_id')
    .execute()
}

export async function countChange(db: CoreSql, taxonomyId: string): Promise<void> {
  await db.updateTable('taxonomy').set({ version: sql`version + 1` }).where('id', '=', taxonomyId).execute()
}

/** Makes these, in this order, the nodes directly below a parent (null: at the top). */
export async function setSiblings(db: CoreSql, taxonomyId: string, parentId: string | null, nodeIds: readonly string[]): Promise<void> {
  await sql`
    update taxonomy_node set parent_id = ${parentId}::uuid, position = sibling.place
    from unnest(${nodeIds}::uuid[]) with ordinality as sibling (id, place)
    where taxonomy_id = ${taxonomyId}::uuid and taxonomy_node.id = sibling.id`.execute(db)
}

/** Makes these the weights of one object: those before are gone. */
export async function setWeights(
  db: CoreSql,
  actor: Actor,
  taxonomyId: string,
  object: { readonly kind: ObjectKind; readonly objectId: string },
  weights: readonly NodeWeight[],
  importId: string | null = null,
): Promise<void> {
  await db
    .deleteFrom('taxonomy_assignment')
    .where('taxonomy_id', '=', taxonomyId)
    .where('kind', '=', object.kind)
    .where('object_id', '=', object.objectId)
    .execute()
  if (weights.length === 0) return
  await db
    .insertInto('taxonomy_assignment')
    .values(
      weights.map(({ nodeId, weight }) => ({
        organisation_id: actor.organisationId,
        taxonomy_id: taxonomyId,
        node_id: nodeId,
        kind: object.kind,
        object_id: object.objectId,
        weight: weight.toString(),
        added_by_import: importId,
      })),
    )
    .execute()
}
