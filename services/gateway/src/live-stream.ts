import websocket from '@fastify/websocket'
import type { Identity } from '@pe/contracts/actor.ts'
import type { Fact } from '@pe/contracts/facts.ts'
import type { Route } from '@pe/contracts/route.ts'
import { answer } from '@pe/platform/http/http-server.ts'
import { permit } from '@pe/platform/http/permit.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { Metrics } from '@pe/platform/metrics/metrics.ts'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { WebSocket } from 'ws'

/** A socket that has this much unsent, in bytes, has stopped reading: it is closed, and its client fetches afresh when it comes back. */
const mostUnsent = 1_000_000
/** Twice within the minute in which a right that was taken away must hold here, too. */
const heartbeatMilliseconds = 25_000
/** Clients have nothing to say here. */
const maxPayload = 1024

/** RFC 6455 §7.4.1: who listens may not listen any more. */
const policyViolation = 1008

interface Listener {
  readonly socket: WebSocket
  readonly organisationId: string
  readonly userId: string
  /** Whether they may still listen. */
  readonly may: () => Promise<boolean>
  alive: boolean
}

export interface LiveStreamOptions {
  readonly metrics: Metrics
  /** What listening is, for who holds callers against it. */
  readonly route: Route
  readonly identityOf: (request: FastifyRequest, route: Route) => Promise<Identity | undefined>
}

/** Tells open browsers what has happened: `{ type: 'valuation-changed', portfolioId: … }`, one message a fact. */
export class LiveStream {
  readonly #listeners = new Set<Listener>()
  readonly #options: LiveStreamOptions

  constructor(options: LiveStreamOptions) {
    this.#options = options
  }

  async open(server: FastifyInstance, path: string): Promise<void> {
    await server.register(websocket, { options: { maxPayload } })
    server.route({
      method: 'GET',
      url: path,
      config: { action: 'gateway.stream' },
      onRequest: async (request) => this.#admit(request),
      handler: async (request, reply) =>
        answer(new Refused('bad_request', 'the stream is a WebSocket: ask for an upgrade'), request, reply),
      wsHandler: (socket, request) => this.#add(socket, request),
    })
    const heartbeat = setInterval(() => this.#beat(), heartbeatMilliseconds).unref()
    server.addHook('preClose', async () => clearInterval(heartbeat))
  }

  tell(fact: Fact): void {
    const message = JSON.stringify({ type: fact.name, ...fact.body })
    for (const listener of this.#listeners) {
      if (listener.organisationId !== fact.organisationId) continue
      if (listener.socket.bufferedAmount > mostUnsent) this.#drop(listener)
      else listener.socket.send(message)
    }
  }

  /** Looks again whether this person may listen: they have ended a session, or given a right away. */
  async recheck(userId: string): Promise<void> {
    await Promise.all([...this.#listeners].filter((listener) => listener.userId === userId).map((listener) => this.#check(listener)))
  }

  async #admit(request: FastifyRequest): Promise<void> {
    const { identityOf, route } = this.#options
    request.identity = await identityOf(request, route)
    request.userId = request.identity?.actor.userId ?? ''
    permit(route, request.identity, false)
  }

  #add(socket: WebSocket, request: FastifyRequest): void {
    const { actor } = request.identity as Identity
    const may = async () => {
      const { identityOf, route } = this.#options
      const identity = await identityOf(request, route)
      permit(route, identity, false)
      return identity?.actor.organisationId === actor.organisationId
    }
    const listener: Listener = { socket, ...actor, may, alive: true }
    this.#listeners.add(listener)
    this.#measure()
    socket.on('pong', () => {
      listener.alive = true
    })
    socket.on('close', () => {
      this.#listeners.delete(listener)
      this.#measure()
    })
    socket.on('error', () => socket.terminate())
  }

  #drop(listener: Listener): void {
    this.#options.metrics.count('stream_dropped_total')
    listener.socket.terminate()
  }

  /** Who has not answered since the last beat has gone without saying so. */
  #beat(): void {
    for (const listener of this.#listeners) {
      if (!listener.alive) this.#drop(listener)
      listener.alive = false
      listener.socket.ping()
      void this.#check(listener)
    }
  }

  /** Trouble on the way to the answer closes it, too: a client that may listen comes back by itself. */
  async #check({ socket, may }: Listener): Promise<void> {
    if (!(await may().catch(() => false))) socket.close(policyViolation, 'no longer allowed to listen')
  }

  #measure(): void {
    this.#options.metrics.gauge('stream_sockets', this.#listeners.size)
  }
}
