import type { AuthRoutes } from '@pe/contracts/auth.ts'
import type { KnownIdentity } from '@pe/contracts/identities.ts'
import { permissions } from '@pe/contracts/permissions.ts'
import type { Client, Input } from '@pe/contracts/route.ts'
import { instant } from '@pe/finance/time/instant.ts'
import { Refused } from '@pe/platform/http/refused.ts'

type Denial = Input<AuthRoutes['noteDenials']>['body']['denials'][number]

/** What the door asks of auth, with the answers in a table that a test may change. */
export class KnownPeople implements Pick<Client<AuthRoutes>, 'identify' | 'noteDenials'> {
  readonly bySecret = new Map<string, KnownIdentity>()
  readonly denials: Denial[] = []
  asked = 0

  identify: Client<AuthRoutes>['identify'] = async ({ body }) => {
    this.asked += 1
    const known = this.bySecret.get(body.secret)
    if (!known) throw new Refused('unauthenticated', 'nobody')
    return known
  }

  noteDenials: Client<AuthRoutes>['noteDenials'] = async ({ body }) => {
    this.denials.push(...body.denials)
    return {}
  }

  add(secret: string, changes: Partial<KnownIdentity> = {}): void {
    this.bySecret.set(secret, {
      organisationId: '00000000-0000-7000-8000-000000000001',
      userId: '00000000-0000-7000-8000-000000000002',
      timeZone: 'UTC',
      permissions: [...permissions],
      credentialId: `credential of ${secret}`,
      pending: false,
      steppedUpUntil: null,
      expiresAt: instant('2026-12-01T00:00:00Z'),
      allowedAddresses: [],
      ...changes,
    })
  }
}
