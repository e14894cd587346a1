import type { organisationRoutes } from '@pe/contracts/organisation.ts'
import type { Handlers } from '@pe/contracts/route.ts'
import type { signInRoutes } from '@pe/contracts/sign-in.ts'
import type { AuthDeps } from '../auth-deps.ts'
import { readOrganisation } from '../store/organisations.ts'
import { acceptInvitation } from './accept-invitation.ts'
import { listApiKeys, revokeApiKey } from './api-keys.ts'
import { changeMember } from './change-member.ts'
import { changeOrganisation } from './change-organisation.ts'
import { createApiKey } from './create-api-key.ts'
import { listInvitations, withdrawInvitation } from './invitations.ts'
import { invite } from './invite.ts'
import { listMembers } from './list-members.ts'

type OrganisationHandlers = Handlers<typeof organisationRoutes & Pick<typeof signInRoutes, 'acceptInvitation'>>

/** Which use-case answers which operation on the organisation, its people and its keys. */
export function organisationHandlers(auth: AuthDeps): OrganisationHandlers {
  return {
    acceptInvitation: (input, call) => acceptInvitation(auth, input, call),
    getOrganisation: (_, call) => readOrganisation(auth.db.sql, call.actor.organisationId),
    changeOrganisation: (input, call) => changeOrganisation(auth, input, call),
    listMembers: (input, call) => listMembers(auth, input, call),
    changeMember: (input, call) => changeMember(auth, input, call),
    listInvitations: (input, call) => listInvitations(auth, input, call),
    invite: (input, call) => invite(auth, input, call),
    withdrawInvitation: (input, call) => withdrawInvitation(auth, input, call),
    listApiKeys: (input, call) => listApiKeys(auth, input, call),
    createApiKey: (input, call) => createApiKey(auth, input, call),
    revokeApiKey: (input, call) => revokeApiKey(auth, input, call),
  }
}
