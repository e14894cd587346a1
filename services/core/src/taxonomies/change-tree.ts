import type { Call } from '@pe/contracts/actor.ts'
import type { Taxonomy, TaxonomyNode } from '@pe/contracts/taxonomies.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { CoreDeps, CoreSql } from '../core-deps.ts'
import { announceTaxonomyChange } from '../facts.ts'
import { countChange, readTaxonomy } from '../store/taxonomies.ts'

interface Change {
  readonly taxonomyId: string
  readonly ifMatch: number
  /** For the audit: 'taxonomy.classify'. */
  readonly action: string
}

/** Changes a tree in the version that the caller saw, under its lock: every change of any part of it makes the next version. */
export async function changeTree(
  core: CoreDeps,
  call: Call,
  { taxonomyId, ifMatch, action }: Change,
  change: (db: CoreSql, taxonomy: Taxonomy) => Promise<unknown>,
): Promise<Taxonomy> {
  return await core.db.write({ call, action, subject: `taxonomy:${taxonomyId}` }, async (tx) => {
    const standing = await readTaxonomy(tx.sql, call.actor, taxonomyId, { lock: true })
    orRefuseVersion(standing, ifMatch)
    await change(tx.sql, standing)
    await countChange(tx.sql, taxonomyId)
    await announceTaxonomyChange(tx, taxonomyId)
    return await readTaxonomy(tx.sql, call.actor, taxonomyId)
  })
}

export function orRefuseVersion({ version }: Taxonomy, ifMatch: number): void {
  if (version !== ifMatch) throw new Refused('changed_meanwhile', `this taxonomy is in version ${version} now, not ${ifMatch}`)
}

export function nodeOf({ nodes }: Taxonomy, nodeId: string): TaxonomyNode {
  const node = nodes.find(({ id }) => id === nodeId)
  if (!node) throw new Refused('not_found', 'there is no such classification in this taxonomy')
  return node
}

/** The nodes directly below one, or at the top, in their order. */
export function siblingsBelow({ nodes }: Taxonomy, parentId: string | null): string[] {
  return nodes.filter((node) => node.parentId === parentId).map(({ id }) => id)
}
