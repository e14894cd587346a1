import { createHash } from 'node:crypto'
import { type Call, type Identity, nobody } from '@pe/contracts/actor.ts'
import type { AuthRoutes } from '@pe/contracts/auth.ts'
import type { CameFrom, KnownIdentity } from '@pe/contracts/identities.ts'
import type { Client } from '@pe/contracts/route.ts'
import type { Clock } from '@pe/platform/clock/clock.ts'
import { newTraceId } from '@pe/platform/http/trace.ts'
import { LRUCache } from 'lru-cache'
import { type Blocks, blocksOf } from './address-blocks.ts'

/** What auth said is believed for so long: a role that is taken away holds everywhere within a minute. */
const believedMilliseconds = 30_000
const mostKept = 20_000

/** Somebody whom auth knows. */
export interface Known {
  readonly identity: Identity
  /** Addresses from which the organisation may be reached; undefined for all. */
  readonly allowed: Blocks | undefined
  readonly expiresAt: number
  readonly steppedUpUntil: number
}

export interface IdentitiesOptions {
  readonly auth: Pick<Client<AuthRoutes>, 'identify'>
  readonly clock: Clock
  /** Milliseconds of a clock that never goes back. */
  readonly now?: (() => number) | undefined
}

/** Whose a session or key is, asked of auth and believed for a moment. Secrets are kept as their digests alone. */
export class Identities {
  readonly #auth: IdentitiesOptions['auth']
  readonly #clock: Clock
  readonly #known: LRUCache<string, Known>
  readonly #asked = new Map<string, Promise<Known>>()

  constructor({ auth, clock, now = () => performance.now() }: IdentitiesOptions) {
    this.#auth = auth
    this.#clock = clock
    this.#known = new LRUCache({ max: mostKept, ttl: believedMilliseconds, perf: { now }, ttlResolution: 0 })
  }

  /** Throws the refusal of a credential that auth does not know. */
  async of(by: 'session' | 'api-key', secret: string, from: CameFrom): Promise<Identity & { readonly allowed: Blocks | undefined }> {
    const digest = createHash('sha256').update(secret).digest('base64url')
    const moment = Date.parse(this.#clock.now())
    const kept = this.#known.get(digest)
    const { identity, allowed, steppedUpUntil } = kept && kept.expiresAt > moment ? kept : await this.#ask(digest, { by, secret, from })
    return { ...identity, allowed, steppedUp: steppedUpUntil > moment }
  }

  /** What a person has done to their own sessions counts at once. */
  forget(userId: string): void {
    // Whatever is being answered just now may be of before.
    this.#asked.clear()
    for (const [digest, { identity }] of this.#known.entries()) if (identity.actor.userId === userId) this.#known.delete(digest)
  }

  /** Many requests at once ask once. */
  async #ask(digest: string, body: { by: 'session' | 'api-key'; secret: string; from: CameFrom }): Promise<Known> {
    const before = this.#asked.get(digest)
    if (before) return before
    const call: Call = { actor: nobody, traceId: newTraceId() }
    const asking = this.#auth.identify({ body }, call).then((known) => knownOf(body.by, known))
    this.#asked.set(digest, asking)
    try {
      const known = await asking
      if (this.#asked.get(digest) === asking) this.#known.set(digest, known)
      return known
    } finally {
      if (this.#asked.get(digest) === asking) this.#asked.delete(digest)
    }
  }
}

function knownOf(by: 'session' | 'api-key', known: KnownIdentity): Known {
  const { organisationId, userId, timeZone, permissions, credentialId, pending, allowedAddresses } = known
  return {
    identity: { actor: { organisationId, userId, timeZone }, permissions, by, credentialId, steppedUp: false, pending },
    allowed: allowedAddresses.length === 0 ? undefined : blocksOf(allowedAddresses),
    expiresAt: Date.parse(known.expiresAt),
    steppedUpUntil: known.steppedUpUntil === null ? 0 : Date.parse(known.steppedUpUntil),
  }
}
