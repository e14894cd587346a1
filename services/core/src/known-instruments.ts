/** Instruments, all together, that are remembered: some 100 bytes each. */
const most = 50_000

/** Instruments that market has said it knows. One that it has known it knows for good: those that are taken away are kept, marked. */
export class KnownInstruments {
  readonly #known = new Set<string>()

  has(organisationId: string, instrumentId: string): boolean {
    return this.#known.has(`${organisationId} ${instrumentId}`)
  }

  add(organisationId: string, instrumentId: string): void {
    if (this.#known.size >= most) this.#known.clear()
    this.#known.add(`${organisationId} ${instrumentId}`)
  }
}
