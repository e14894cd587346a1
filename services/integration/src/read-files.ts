import type { ImportedFile } from './importers/imported-file.ts'

/** What the book remembers of a dry run, and the ids that the instruments of the file had in it, by their keys. */
export interface Verdict {
  readonly id: string
  readonly ids: ReadonlyMap<string, string>
}

/** A file as read, and what the book remembers of having judged it. */
export interface ReadFile {
  readonly file: ImportedFile
  readonly verdict: Verdict | null
}

/** Rows of the files that are kept between preview and commit, all together: about 1 KB each. */
const maxRows = 50_000

/**
 * Files as read for their preview, so that a commit need not read them again. Only a convenience: whatever is not here (another process, a
 * restart, a larger file) is read again from the object storage, with the same result.
 */
export class ReadFiles {
  readonly #files = new Map<string, ReadFile>()

  keep(importId: string, read: ReadFile): void {
    this.#files.delete(importId)
    this.#files.set(importId, read)
    let rows = 0
    for (const { file } of this.#files.values()) rows += file.rows.length
    for (const [oldest, { file }] of this.#files) {
      if (rows <= maxRows) break
      this.#files.delete(oldest)
      rows -= file.rows.length
    }
  }

  take(importId: string): ReadFile | undefined {
    const read = this.#files.get(importId)
    this.#files.delete(importId)
    return read
  }
}
