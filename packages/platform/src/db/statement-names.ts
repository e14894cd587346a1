/** A statement is prepared once it has come so often: parsing and planning it again costs more than running it. */
const worthPreparing = 8
/** Prepared statements take memory in every connection; texts that vary with every call must not push out the others. */
const [mostPrepared, mostCounted] = [200, 2000]

/** Gives statements that come again and again a name, under which each connection keeps their plan. */
export class StatementNames {
  readonly #names = new Map<string, string>()
  readonly #counts = new Map<string, number>()

  /** The name of a text, or undefined while it is not worth one. */
  of(text: string): string | undefined {
    const known = this.#names.get(text)
    if (known !== undefined || this.#names.size >= mostPrepared) return known
    const count = (this.#counts.get(text) ?? 0) + 1
    if (count < worthPreparing) {
      if (count > 1 || this.#counts.size < mostCounted) this.#counts.set(text, count)
      return undefined
    }
    this.#counts.delete(text)
    const name = `often-${this.#names.size + 1}`
    this.#names.set(text, name)
    return name
  }
}
