import type { ImportedFile } from './importers/imported-file.ts'

/** Rows of the files that are kept between preview and commit, all together: about 1 KB each. */
const maxRows = 50_000

/**
 * Files as read for their preview, so that a commit need not read them again. Only a convenience: whatever is not here (another process, a
 * restart, a larger file) is read again from the object storage, with the same result.
 */
export class ReadFiles {
  readonly #files = new Map<string, ImportedFile>()

  keep(importId: string, file: ImportedFile): void {
    this.#files.delete(importId)
    this.#files.set(importId, file)
    let rows = 0
    for (const { rows: log } of this.#files.values()) rows += log.length
    for (const [oldest, { rows: log }] of this.#files) {
      if (rows <= maxRows) break
      this.#files.delete(oldest)
      rows -= log.length
    }
  }

  take(importId: string): ImportedFile | undefined {
    const file = this.#files.get(importId)
    this.#files.delete(importId)
    return file
  }
}
