import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { isConnectionTrouble } from '../db/connection-trouble.ts'

const pauseMilliseconds = 500

/**
 * A pool for work that nobody waits for: while the database is away it keeps trying instead of failing. The job library tells the
 * database about an ended job without looking at the answer, so that a failure there would end the whole process.
 */
export class PatientPool extends pg.Pool {
  #patient = true

  /** From now on trouble is thrown at once: the process is about to stop. */
  losePatience(): void {
    this.#patient = false
  }

  override connect(): Promise<pg.PoolClient>
  override connect(callback: Parameters<pg.Pool['connect']>[0]): void
  override connect(callback?: Parameters<pg.Pool['connect']>[0]): Promise<pg.PoolClient> | undefined {
    if (!callback) return this.#untilItAnswers()
    super.connect(callback)
    return undefined
  }

  async #untilItAnswers(): Promise<pg.PoolClient> {
    for (;;) {
      try {
        return await super.connect()
      } catch (trouble) {
        if (!this.#patient || this.ending || !isConnectionTrouble(trouble)) throw trouble
        await pause(pauseMilliseconds)
      }
    }
  }
}
