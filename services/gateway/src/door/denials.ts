import { nobody } from '@pe/contracts/actor.ts'
import type { AuthRoutes } from '@pe/contracts/auth.ts'
import type { Client, Input } from '@pe/contracts/route.ts'
import type { Clock } from '@pe/platform/clock/clock.ts'
import { newTraceId } from '@pe/platform/http/trace.ts'
import type { Log } from '@pe/platform/log/log.ts'
import type { FastifyInstance, FastifyRequest } from 'fastify'

type Denial = Input<AuthRoutes['noteDenials']>['body']['denials'][number]

/** What was denied for who somebody is; wrong passwords are noted by auth itself. */
const denying: ReadonlySet<string> = new Set([
  'unauthenticated',
  'second_factor_needed',
  'step_up_needed',
  'forbidden',
  'address_not_allowed',
  'other_site',
])
const everyMilliseconds = 5000
/** Told in one call; beyond it, in the few seconds until they are told, addresses are counted together. */
const most = 1000
/** Of these, left for the callers that are counted together. */
const spare = 10

export interface DenialsOptions {
  readonly auth: Pick<Client<AuthRoutes>, 'noteDenials'>
  readonly clock: Clock
  readonly log: Log
}

/**
 * Tells auth's audit log what was denied, a few seconds later and many at a time: of known callers each operation, of unknown ones their
 * number by address, so that nobody can flood it.
 */
export class Denials {
  readonly #options: DenialsOptions
  #waiting = new Map<string, Denial>()
  #telling: Promise<void> = Promise.resolve()

  constructor(server: FastifyInstance, options: DenialsOptions) {
    this.#options = options
    server.addHook('onResponse', async (request) => this.#note(request))
    const timer = setInterval(() => this.tell(), everyMilliseconds).unref()
    server.addHook('onClose', async () => {
      clearInterval(timer)
      await this.tell()
    })
  }

  /** Tells what waits, one call after the other. */
  tell(): Promise<void> {
    this.#telling = this.#telling.then(async () => {
      const denials = [...this.#waiting.values()]
      if (denials.length === 0) return
      this.#waiting = new Map()
      try {
        await this.#options.auth.noteDenials({ body: { denials } }, { actor: nobody, traceId: newTraceId() })
      } catch (trouble) {
        this.#options.log.error(
          { action: 'denials.note', status: 'failure', message: `${denials.length} denials are not in the audit log` },
          trouble,
        )
      }
    })
    return this.#telling
  }

  #note({ refusal, identity, visitor, routeOptions }: FastifyRequest): void {
    if (!refusal || !denying.has(refusal.code)) return
    const at = this.#options.clock.now()
    const { organisationId, userId } = identity?.actor ?? { organisationId: null, userId: null }
    const operation = identity ? (routeOptions.config?.action ?? 'http.request') : 'any'
    const full = this.#waiting.size >= most - spare
    const address = full && !identity ? 'elsewhere' : visitor.address
    const key = [userId, address, refusal.code, full ? 'any' : operation, at.slice(0, 16)].join(' ')
    const before = this.#waiting.get(key)
    if (!before && this.#waiting.size >= most) return
    this.#waiting.set(key, { organisationId, userId, code: refusal.code, operation, address, at, count: (before?.count ?? 0) + 1 })
  }
}
