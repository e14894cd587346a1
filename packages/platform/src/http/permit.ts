import type { Identity } from '@pe/contracts/actor.ts'
import type { Permission } from '@pe/contracts/permissions.ts'
import type { Route } from '@pe/contracts/route.ts'
import { Refused } from './refused.ts'

/** Holds who asks against what the operation wants; `overrides`: they claim the right to write into a closed period. Throws the "no". */
export function permit(route: Route, identity: Identity | undefined, overrides: boolean): void {
  const { permission } = route
  if (permission === 'public') return
  if (!identity) throw new Refused('unauthenticated', 'sign in first, or send an API key as a bearer token')
  if (identity.pending && !route.beforeSecondFactor) throw new Refused('second_factor_needed', 'the second factor is still to be given')
  if (permission === 'self') permitPerson(identity)
  else if (permission !== 'service') permitOnly(identity, permission)
  if (overrides) permitOnly(identity, 'book.close')
}

function permitPerson({ by }: Identity): void {
  if (by === 'session') return
  if (by === 'demo') throw new Refused('unauthenticated', 'nobody is signed in: the demo is open to everybody at this machine')
  throw new Refused('forbidden', 'only a person who is signed in may do this')
}

function permitOnly({ permissions }: Identity, permission: Permission): void {
  if (permissions.includes(permission)) return
  throw new Refused('forbidden', `this needs the permission ${permission}`, [], undefined, { permission })
}
