import { type AuthRoutes, authRoutes } from '@pe/contracts/auth.ts'
import type { Client } from '@pe/contracts/route.ts'
import type { FixedClock } from '@pe/platform/clock/clock.ts'
import { checkedClient } from '@pe/platform/testing/checked-client.ts'
import { type TestService, testClock, testService } from '@pe/platform/testing/test-service.ts'
import type { AuthPorts } from '../src/auth-deps.ts'
import { createAuth } from '../src/service.ts'
import type { AuthTables } from '../src/store/tables.ts'

export interface AuthBench extends TestService<AuthRoutes, AuthTables> {
  readonly auth: Client<AuthRoutes>
  /** To be moved. */
  readonly clock: FixedClock
  /** Tokens of set-up links that were shown, the last one last. */
  readonly setUpLinks: readonly string[]
}

/** Auth on a database of its own, met as the door meets it. */
export async function authBench(more: Partial<Pick<AuthPorts, 'firstOwner' | 'hasher'>> = {}): Promise<AuthBench> {
  const clock = testClock()
  const setUpLinks: string[] = []
  const test = await testService<AuthRoutes, AuthTables>({
    name: 'auth',
    migrations: new URL('../migrations/', import.meta.url),
    clock,
    create: (deps) =>
      createAuth({ ...deps, ...more, webAddress: () => 'https://pe.example', onSetUpLink: (token) => void setUpLinks.push(token) }),
  })
  return Object.assign(test, { auth: checkedClient(authRoutes, test.service.handlers), clock, setUpLinks })
}
