import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { type Caller, headersOf } from './caller.ts'

/** A transaction that a client wants recorded, under a key of its own making. */
export interface Wish {
  readonly key: string
  readonly accountId: string
  readonly body: {
    readonly kind: 'deposit' | 'buy'
    readonly date: string
    readonly instrumentId?: string
    readonly quantity?: string
    readonly amount: string
    readonly note: string
  }
  /** What the server answered; the same on every answer, or the server is wrong. */
  transactionId: string | undefined
}

export interface Target {
  readonly accountId: string
  readonly instrumentId: string
  readonly date: string
}

const deadlineMilliseconds = 5000
const pauseMilliseconds = 25
/** Answers that a client must expect of a server that is dying: the key is being worked on, too many at once, away. */
const expected = new Set([409, 429, 503])

/** Wishes one after the other, each until it is acknowledged, with the same key however often the server dies. */
export class Writer {
  readonly wishes: Wish[] = []
  /** Answers that no retry may lead to. */
  readonly wrong: string[] = []
  readonly #caller: Caller
  readonly #target: Target
  readonly #acknowledged: (began: number) => void
  #wanted = true

  constructor(caller: Caller, target: Target, acknowledged: (began: number) => void) {
    this.#caller = caller
    this.#target = target
    this.#acknowledged = acknowledged
  }

  /** Until `finish` is called; the wish under way then is seen through. */
  async run(): Promise<void> {
    for (let at = 0; this.#wanted; at += 1) {
      const wish = this.#wish(at)
      this.wishes.push(wish)
      while (!(await this.#attempt(wish))) await pause(pauseMilliseconds)
    }
  }

  finish(): void {
    this.#wanted = false
  }

  /** Asks once more for what was acknowledged: the answer must be the same, and nothing may happen twice. */
  async replay(): Promise<void> {
    for (const wish of this.wishes.slice(-20)) await this.#attempt(wish)
  }

  #wish(at: number): Wish {
    const { accountId, instrumentId, date } = this.#target
    const key = randomUUID()
    const stated =
      at % 2 === 0
        ? ({ kind: 'deposit', amount: `${(at % 97) + 1}.25` } as const)
        : ({ kind: 'buy', instrumentId, quantity: '1', amount: '10.01' } as const)
    return { key, accountId, body: { ...stated, date, note: key }, transactionId: undefined }
  }

  async #attempt(wish: Wish): Promise<boolean> {
    const began = performance.now()
    try {
      const response = await fetch(`${this.#caller.api}/accounts/${wish.accountId}/transactions`, {
        method: 'POST',
        headers: { ...headersOf(this.#caller), 'idempotency-key': wish.key },
        body: JSON.stringify(wish.body),
        signal: AbortSignal.timeout(deadlineMilliseconds),
      })
      const text = await response.text()
      if (response.status !== 201) {
        if (!expected.has(response.status)) this.wrong.push(`${response.status} ${text.slice(0, 300)}`)
        return false
      }
      const { id } = (JSON.parse(text) as { transaction: { id: string } }).transaction
      if (wish.transactionId !== undefined && wish.transactionId !== id)
        this.wrong.push(`key ${wish.key} was answered as ${wish.transactionId} and as ${id}`)
      wish.transactionId = id
      this.#acknowledged(began)
      return true
    } catch {
      // Away: the same key again.
      return false
    }
  }
}
