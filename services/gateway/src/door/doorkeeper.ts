import { createHash, timingSafeEqual } from 'node:crypto'
import type { Actor, Identity } from '@pe/contracts/actor.ts'
import { permissions } from '@pe/contracts/permissions.ts'
import type { Route } from '@pe/contracts/route.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { FastifyRequest } from 'fastify'
import { credentialOf, unknownCredential } from './credential.ts'
import type { Identities } from './identities.ts'
import { cameFrom } from './visitor.ts'

/** Who runs the program: by the token in the data folder they act for an organisation with every permission. */
export interface Operator {
  readonly token: string
  readonly actor: Actor
}

export interface DoorkeeperOptions {
  readonly identities: Identities
  readonly operator?: Operator | undefined
  /** Whose demo stands open to everybody at this machine. */
  readonly demo?: Actor | undefined
}

/** Whose a request is, by what it shows. */
export class Doorkeeper {
  readonly #identities: Identities
  readonly #operator: { readonly digest: Buffer; readonly identity: Identity } | undefined
  readonly #demo: Identity | undefined

  constructor({ identities, operator, demo }: DoorkeeperOptions) {
    this.#identities = identities
    const all = { permissions, steppedUp: true }
    if (operator)
      this.#operator = {
        digest: digestOf(operator.token),
        identity: { ...all, actor: operator.actor, by: 'operator', credentialId: 'operator' },
      }
    if (demo) this.#demo = { ...all, actor: demo, by: 'demo', credentialId: 'demo' }
  }

  /** Undefined for nobody. Throws the refusal of a credential that is stated and wrong, or shown where it may not be. */
  async identityOf(request: FastifyRequest, route: Route): Promise<Identity | undefined> {
    if (route.permission === 'public' && request.headers.authorization === undefined) return this.#alreadyIn(request, route)
    return this.#shown(request)
  }

  /** Whoever signs in anew ends the session they come with. One that is out of date must not keep anybody from signing in. */
  async #alreadyIn(request: FastifyRequest, route: Route): Promise<Identity | undefined> {
    if (!route.cookie) return undefined
    return this.#shown(request).catch((thrown: unknown) => {
      if (thrown instanceof Refused && thrown.code !== 'unavailable') return undefined
      throw thrown
    })
  }

  async #shown(request: FastifyRequest): Promise<Identity | undefined> {
    const credential = credentialOf(request)
    if (!credential) return request.visitor.local ? this.#demo : undefined
    if (credential.by === 'operator') return this.#operatorOf(credential.secret, request)
    const { allowed, ...identity } = await this.#identities.of(credential.by, credential.secret, cameFrom(request))
    if (allowed && !allowed(request.visitor.address)) {
      request.identity = identity
      throw new Refused('address_not_allowed', 'this organisation may not be reached from this address')
    }
    return identity
  }

  /** The file that holds it can be read at this machine only: from elsewhere it is somebody else's copy. */
  #operatorOf(token: string, { visitor }: FastifyRequest): Identity {
    const operator = this.#operator
    if (!operator || !timingSafeEqual(digestOf(token), operator.digest) || !visitor.local) throw unknownCredential()
    return operator.identity
  }
}

function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
