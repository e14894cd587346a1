import type { Call } from '@pe/contracts/actor.ts'
import type { ImportedTransaction } from '../importers/imported-file.ts'
import type { IntegrationOptions } from '../integration-deps.ts'
import { stagedPages, textColumns } from '../store/staged-texts.ts'

/** Characters of text that stay in memory. */
const mostInMemory = 8 * 1024 * 1024
/** Transactions handed out, and written, at once. */
const atOnce = 4000

type SpoolDeps = Pick<IntegrationOptions, 'db'>

interface Spooled {
  readonly row: number
  readonly date: string
  readonly text: string
}

/** The transactions of a long file as JSON texts, between reading it and judging it: in memory while they are few, in the database beyond. */
export class SpooledTexts {
  readonly #deps: SpoolDeps
  readonly #importId: string
  readonly #organisationId: string
  #held: Spooled[] = []
  #length = 0
  #inDatabase: boolean
  #writing: Promise<unknown> = Promise.resolve()

  readonly #mostInMemory: number

  private constructor(deps: SpoolDeps, { actor }: Call, importId: string, inDatabase: boolean, most: number) {
    this.#deps = deps
    this.#importId = importId
    this.#organisationId = actor.organisationId
    this.#inDatabase = inDatabase
    this.#mostInMemory = most
  }

  static empty(deps: SpoolDeps, call: Call, importId: string, most = mostInMemory): SpooledTexts {
    return new SpooledTexts(deps, call, importId, false, most)
  }

  /** Those of a file that was read earlier and was too long for the memory. */
  static staged(deps: SpoolDeps, call: Call, importId: string): SpooledTexts {
    return new SpooledTexts(deps, call, importId, true, 0)
  }

  async add(transactions: readonly ImportedTransaction[]): Promise<void> {
    for (const transaction of transactions) {
      const text = JSON.stringify(transaction)
      this.#held.push({ row: transaction.row, date: transaction.date, text })
      this.#length += text.length
    }
    if (this.#length > this.#mostInMemory || (this.#inDatabase && this.#held.length >= atOnce)) await this.#write()
  }

  async end(): Promise<void> {
    if (this.#inDatabase) await this.#write()
    await this.#writing
  }

  /** Some thousands in one JSON list, by day and on one day as the file lists them (from its end, where it lists the newest first). */
  async *pages(newestFirst: boolean): AsyncGenerator<string> {
    if (this.#inDatabase) {
      yield* stagedPages(this.#deps.db.sql, this.#importId, newestFirst, atOnce)
      return
    }
    const sign = newestFirst ? -1 : 1
    const inOrder = this.#held.sort((a, b) => (a.date === b.date ? sign * (a.row - b.row) : a.date < b.date ? -1 : 1))
    for (let from = 0; from < inOrder.length; from += atOnce) {
      const page = inOrder.slice(from, from + atOnce)
      yield `[${page.map(({ text }) => text).join(',')}]`
    }
  }

  /** The parser goes on while the database takes them. */
  async #write(): Promise<void> {
    await this.#writing
    this.#inDatabase = true
    const held = this.#held
    this.#held = []
    this.#length = 0
    this.#writing = this.#deps.db.stage('staged_text', textColumns, lines(this.#importId, this.#organisationId, held))
    // whoever awaits it hears of trouble; until then it is no unhandled one
    this.#writing.catch(() => {})
  }
}

function* lines(importId: string, organisationId: string, held: readonly Spooled[]): Generator<string[]> {
  for (const { row, date, text } of held) yield [importId, organisationId, String(row), date, text]
}
