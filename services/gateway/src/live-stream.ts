import websocket from '@fastify/websocket'
import { localOwner } from '@pe/contracts/actor.ts'
import type { Fact } from '@pe/contracts/facts.ts'
import { answer } from '@pe/platform/http/http-server.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { Metrics } from '@pe/platform/metrics/metrics.ts'
import type { FastifyInstance } from 'fastify'
import type { WebSocket } from 'ws'

/** A socket that has this much unsent, in bytes, has stopped reading: it is closed, and its client fetches afresh when it comes back. */
const mostUnsent = 1_000_000
const heartbeatMilliseconds = 30_000
/** Clients have nothing to say here. */
const maxPayload = 1024

interface Listener {
  readonly socket: WebSocket
  readonly organisationId: string
  alive: boolean
}

/** Tells open browsers what has happened: `{ type: 'valuation-changed', portfolioId: … }`, one message a fact. */
export class LiveStream {
  readonly #listeners = new Set<Listener>()
  readonly #metrics: Metrics

  constructor(metrics: Metrics) {
    this.#metrics = metrics
  }

  async open(server: FastifyInstance, path: string): Promise<void> {
    await server.register(websocket, { options: { maxPayload } })
    server.route({
      method: 'GET',
      url: path,
      handler: async (request, reply) =>
        answer(new Refused('bad_request', 'the stream is a WebSocket: ask for an upgrade'), request, reply),
      wsHandler: (socket) => this.#add(socket),
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

  #add(socket: WebSocket): void {
    const listener: Listener = { socket, organisationId: localOwner.organisationId, alive: true }
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
    this.#metrics.count('stream_dropped_total')
    listener.socket.terminate()
  }

  /** Who has not answered since the last beat has gone without saying so. */
  #beat(): void {
    for (const listener of this.#listeners) {
      if (!listener.alive) this.#drop(listener)
      listener.alive = false
      listener.socket.ping()
    }
  }

  #measure(): void {
    this.#metrics.gauge('stream_sockets', this.#listeners.size)
  }
}
