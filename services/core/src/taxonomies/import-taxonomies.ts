import type { Call } from '@pe/contracts/actor.ts'
import type { Assignment, BatchTaxonomy, ObjectKind, Taxonomy } from '@pe/contracts/taxonomies.ts'
import { Decimal } from '@pe/finance/money/decimal.ts'
import { checkWeights, joinedWeights, type NodeWeight } from '@pe/finance/taxonomy/weights.ts'
import type { WriteTx } from '@pe/platform/db/database.ts'
import { orRefuse } from '@pe/platform/http/or-refuse.ts'
import type { AccountPlan } from '../batch/plan-accounts.ts'
import type { CoreDeps, CoreSql } from '../core-deps.ts'
import { announceTaxonomyChange } from '../facts.ts'
import { findByKey, freeTaxonomyName, insertNodes, insertTaxonomy, type NewNode } from '../store/imported-taxonomies.ts'
import type { CoreTables } from '../store/tables.ts'
import { countChange, setWeights } from '../store/taxonomies.ts'
import { orRefuseName } from '../unique-name.ts'

/** What a file adds to one taxonomy. */
interface TaxonomyPlan {
  readonly id: string
  /** Null for one that stands. */
  readonly opens: { readonly key: string; readonly name: string } | null
  readonly nodes: readonly NewNode[]
  readonly objects: readonly { readonly kind: ObjectKind; readonly objectId: string; readonly weights: readonly NodeWeight[] }[]
}

/**
 * What the taxonomies of a file add: a tree, a node or an object that is known by its key stays as it is, so that the same file adds nothing
 * again and what a person has sorted otherwise stays sorted so. Those that gain nothing are left out.
 */
export async function planTaxonomies(
  core: CoreDeps,
  db: CoreSql,
  call: Call,
  taxonomies: readonly BatchTaxonomy[],
  accounts: AccountPlan['accounts'],
): Promise<TaxonomyPlan[]> {
  const accountIds = new Map(accounts.map(({ key, id }) => [key, id]))
  const plans: TaxonomyPlan[] = []
  const taken = new Set<string>()
  for (const stated of taxonomies) {
    const standing = await findByKey(db, call.actor, stated.key)
    const ids = new Map(standing?.nodeIds)
    const nodes: NewNode[] = []
    for (const [place, { key, parentKey, ...node }] of stated.nodes.entries()) {
      if (ids.has(key)) continue
      const id = core.ids.next()
      ids.set(key, id)
      nodes.push({ ...node, id, key, parentId: parentKey === null ? null : (ids.get(parentKey) ?? null), position: place + 1 })
    }
    const objects = newObjects(stated, standing?.taxonomy.assignments ?? [], ids, accountIds)
    if (standing && nodes.length === 0 && objects.length === 0) continue
    const opens = standing ? null : { key: stated.key, name: await freeTaxonomyName(db, call.actor, stated.name, taken) }
    if (opens) taken.add(opens.name.toLowerCase())
    plans.push({ id: standing?.taxonomy.id ?? core.ids.next(), opens, nodes, objects })
  }
  return plans
}

function newObjects(
  { assignments }: BatchTaxonomy,
  standing: Taxonomy['assignments'],
  ids: ReadonlyMap<string, string>,
  accountIds: ReadonlyMap<string, string>,
): TaxonomyPlan['objects'] {
  const placed: Assignment[] = assignments.flatMap(({ nodeKey, instrumentId, accountKey, weight }) => {
    const nodeId = ids.get(nodeKey)
    const objectId = instrumentId ?? accountIds.get(accountKey ?? '')
    return nodeId && objectId ? [{ nodeId, kind: instrumentId ? 'instrument' : 'account', objectId, weight } as const] : []
  })
  const known = new Set(standing.map(({ objectId }) => objectId))
  const byObject = Map.groupBy(
    placed.filter(({ objectId }) => !known.has(objectId)),
    ({ objectId }) => objectId,
  )
  return Array.from(byObject, ([objectId, own]) => {
    const weights = joinedWeights(own.map(({ nodeId, weight }) => ({ nodeId, weight: Decimal.parse(weight) })))
    return { kind: own[0]?.kind ?? 'instrument', objectId, weights: orRefuse(checkWeights(weights)) }
  })
}

/** Saves what was planned, remembering the import that brought it. */
export async function saveTaxonomies(
  core: CoreDeps,
  tx: WriteTx<CoreTables>,
  importId: string,
  plans: readonly TaxonomyPlan[],
): Promise<void> {
  const { actor } = tx
  for (const { id, opens, nodes, objects } of plans) {
    if (opens) await orRefuseName(opens.name, () => insertTaxonomy(tx.sql, actor, { ...opens, id, createdAt: core.clock.now(), importId }))
    await insertNodes(tx.sql, actor, id, nodes, importId)
    for (const { weights, ...object } of objects) await setWeights(tx.sql, actor, id, object, weights, importId)
    await countChange(tx.sql, id)
    await announceTaxonomyChange(tx, id)
  }
}
