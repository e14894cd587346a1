import type { organisationRoutes } from '@pe/contracts/organisation.ts'
import type { Handlers } from '@pe/contracts/route.ts'
import type { signInRoutes } from '@pe/contracts/sign-in.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { AuthDeps } from '../auth-deps.ts'

type OrganisationHandlers = Handlers<typeof organisationRoutes & Pick<typeof signInRoutes, 'acceptInvitation'>>

/** Which use-case answers which operation on the organisation, its people and its keys. */
export function organisationHandlers(_auth: AuthDeps): OrganisationHandlers {
  const refuse = async (): Promise<never> => {
    throw new Refused('unavailable', 'the organisation cannot be looked after yet')
  }
  return {
    acceptInvitation: refuse,
    getOrganisation: refuse,
    changeOrganisation: refuse,
    listMembers: refuse,
    changeMember: refuse,
    listInvitations: refuse,
    invite: refuse,
    withdrawInvitation: refuse,
    listApiKeys: refuse,
    createApiKey: refuse,
    revokeApiKey: refuse,
  }
}
