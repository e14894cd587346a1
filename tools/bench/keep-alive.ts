import { Agent, request } from 'node:http'
import type { Entrance } from './server-process.ts'

/** A caller that keeps its connection, with as little work of its own as can be: generator and server share the cores. */
export class KeepAliveCaller {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 64 })
  readonly #port: number
  readonly #authorization: string

  constructor({ url, operatorToken }: Entrance) {
    this.#authorization = `Bearer ${operatorToken}`
    this.#port = Number(new URL(url).port)
  }

  /** Answers the milliseconds from the call to the last byte of the reply; throws for anything but a success. */
  call(method: 'GET' | 'POST', path: string, body?: unknown, key?: string): Promise<number> {
    const text = body === undefined ? undefined : JSON.stringify(body)
    const headers = {
      authorization: this.#authorization,
      ...(text === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    }
    return new Promise((resolve, reject) => {
      const start = performance.now()
      const sent = request(
        { host: '127.0.0.1', port: this.#port, method, path: `/api/v1${path}`, agent: this.#agent, headers },
        (reply) => {
          let said = ''
          const refused = (reply.statusCode ?? 500) >= 300
          reply.on('data', (chunk) => {
            if (refused) said += chunk
          })
          reply.on('error', reject)
          reply.on('end', () => {
            if (refused) reject(new Error(`${method} ${path} answered ${reply.statusCode}: ${said.slice(0, 300)}`))
            else resolve(performance.now() - start)
          })
        },
      )
      sent.on('error', reject)
      sent.end(text)
    })
  }

  close(): void {
    this.#agent.destroy()
  }
}
