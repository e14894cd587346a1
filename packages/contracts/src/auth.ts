import { identityRoutes } from './identities.ts'
import { meRoutes } from './me.ts'
import { organisationRoutes } from './organisation.ts'
import { routes } from './route.ts'
import { signInRoutes } from './sign-in.ts'

/** Who may do what. */
export const authRoutes = routes({ ...signInRoutes, ...meRoutes, ...organisationRoutes, ...identityRoutes })
export type AuthRoutes = typeof authRoutes
