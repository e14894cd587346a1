import type { Call } from '@pe/contracts/actor.ts'
import type { Organisation, organisationRoutes } from '@pe/contracts/organisation.ts'
import type { Input } from '@pe/contracts/route.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { AuthDeps } from '../auth-deps.ts'
import { lockOrganisation, readOrganisation, updateOrganisation } from '../store/organisations.ts'
import { isAllowed, readBlocks } from './address-blocks.ts'

/** Changes its name, or from where it may be reached; nobody shuts out the address they sit at. */
export async function changeOrganisation(
  auth: AuthDeps,
  { body, ifMatch }: Input<typeof organisationRoutes.changeOrganisation>,
  call: Call,
): Promise<Organisation> {
  const id = call.actor.organisationId
  const blocks = body.allowedAddresses && readBlocks(body.allowedAddresses)
  if (blocks) orRefuseShutOut(blocks, call)
  return await auth.db.write({ call, action: 'organisation.change', subject: `organisation:${id}` }, async (tx) => {
    const standing = await lockOrganisation(tx.sql, id)
    if (standing.version !== ifMatch)
      throw new Refused('changed_meanwhile', `the organisation is in version ${standing.version} now, not ${ifMatch}`)
    const name = body.name?.trim() ?? standing.name
    await updateOrganisation(tx.sql, { id, name, allowedAddresses: blocks ?? standing.allowedAddresses })
    return await readOrganisation(tx.sql, id)
  })
}

/** The commands on the machine itself are heard from everywhere. */
function orRefuseShutOut(blocks: readonly string[], { by, from }: Call): void {
  if (by === 'operator' || isAllowed(from?.address ?? '', blocks)) return
  const address = from?.address ?? 'your own'
  throw new Refused('address_not_allowed', `these would shut out the address that you ask from, ${address}: add it first`, [], undefined, {
    address,
  })
}
