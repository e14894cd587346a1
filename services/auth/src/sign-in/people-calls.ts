import { type Actor, type Call, localOwner } from '@pe/contracts/actor.ts'

/** Who is not known to us, in the audit log. */
export const nobody = '00000000-0000-0000-0000-000000000000'

/** The call in the name of a person whom it has made known. */
export function callOf(call: Call, { organisationId, userId, timeZone }: Actor): Call {
  return { ...call, actor: { organisationId, userId, timeZone } }
}

/** What callers do whom nobody knows stands in the log of the house. */
export function callOfNobody(call: Call): Call {
  return { ...call, actor: { organisationId: localOwner.organisationId, userId: nobody, timeZone: 'UTC' } }
}
