import type { Call } from '@pe/contracts/actor.ts'
import type { coreRoutes } from '@pe/contracts/core.ts'
import type { Input } from '@pe/contracts/route.ts'
import type { Taxonomy } from '@pe/contracts/taxonomies.ts'
import { Decimal } from '@pe/finance/money/decimal.ts'
import { checkWeights } from '@pe/finance/taxonomy/weights.ts'
import { orRefuse } from '@pe/platform/http/or-refuse.ts'
import type { CoreDeps } from '../core-deps.ts'
import { orRefuseInstrument } from '../known-instrument.ts'
import { booksOf } from '../store/accounts.ts'
import { setWeights } from '../store/taxonomies.ts'
import { changeTree, nodeOf } from './change-tree.ts'

/** Says where an instrument, or the cash of an account, belongs; without weights it is unclassified again. */
export async function classify(
  core: CoreDeps,
  { params: { taxonomyId, kind, objectId }, body, ifMatch }: Input<typeof coreRoutes.classify>,
  call: Call,
): Promise<Taxonomy> {
  const weights = orRefuse(checkWeights(body.weights.map(({ nodeId, weight }) => ({ nodeId, weight: Decimal.parse(weight) }))))
  if (kind === 'instrument' && weights.length > 0) await orRefuseInstrument(core, call, objectId)
  return await changeTree(core, call, { taxonomyId, ifMatch, action: 'taxonomy.classify' }, async (db, taxonomy) => {
    for (const { nodeId } of weights) nodeOf(taxonomy, nodeId)
    if (kind === 'account' && weights.length > 0) await booksOf(db, call.actor, [objectId])
    await setWeights(db, call.actor, taxonomyId, { kind, objectId }, weights)
  })
}
