/** A column of more different words than this is no column of kinds. */
const mostWords = 40
const longestWord = 100

/** The different words of each column, for the mapping of kinds: a kind that a file has only once must not be found out by its error. */
export class ColumnWords {
  readonly #columns: (Set<string> | null)[]

  constructor(width: number) {
    this.#columns = Array.from({ length: width }, () => new Set())
  }

  see(cells: readonly string[]): void {
    for (let at = 0; at < this.#columns.length; at++) {
      const words = this.#columns[at]
      const word = cells[at]?.trim()
      if (!words || !word || words.has(word)) continue
      if (words.size === mostWords || word.length > longestWord) this.#columns[at] = null
      else words.add(word)
    }
  }

  /** By column, in the file's order; empty for a column that holds something else. */
  all(): string[][] {
    return this.#columns.map((words) => [...(words ?? [])])
  }
}
