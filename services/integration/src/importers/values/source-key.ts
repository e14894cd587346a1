import { hash } from 'node:crypto'
import { DigestCounts } from './digest-counts.ts'

/**
 * Keys of rows that bring no identity of their own: a hash of what the row says and of how many equal rows came before it in the file, so
 * that two equal purchases of one day are two, and the same file read again gives the same keys (import-formats.md e.0.7).
 */
export class SourceKeys {
  readonly #seen = new DigestCounts()

  of(parts: readonly (string | undefined)[]): string {
    const digest = hash('sha256', JSON.stringify(parts), 'base64url').slice(0, 27)
    const nth = this.#seen.count(digest)
    return `row:${digest}${nth === 1 ? '' : `:${nth}`}`
  }
}
