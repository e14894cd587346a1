import type { Call } from '@pe/contracts/actor.ts'
import type { coreRoutes } from '@pe/contracts/core.ts'
import type { Input } from '@pe/contracts/route.ts'
import type { Taxonomy } from '@pe/contracts/taxonomies.ts'
import type { CoreDeps } from '../core-deps.ts'
import { announceTaxonomyChange } from '../facts.ts'
import { readTaxonomy } from '../store/taxonomies.ts'
import { orRefuseName } from '../unique-name.ts'

/** An empty tree under a name of its own. */
export async function createTaxonomy(core: CoreDeps, { body }: Input<typeof coreRoutes.createTaxonomy>, call: Call): Promise<Taxonomy> {
  const id = core.ids.next()
  return await core.db.write({ call, action: 'taxonomy.create', subject: `taxonomy:${id}` }, async (tx) => {
    const created = {
      id,
      organisation_id: call.actor.organisationId,
      created_at: core.clock.now(),
      source_key: null,
      added_by_import: null,
    }
    await orRefuseName(body.name, () =>
      tx.sql
        .insertInto('taxonomy')
        .values({ ...created, name: body.name, note: body.note ?? '' })
        .execute(),
    )
    await announceTaxonomyChange(tx, id)
    return await readTaxonomy(tx.sql, call.actor, id)
  })
}
