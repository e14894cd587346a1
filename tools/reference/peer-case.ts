/** The uniform shape `reference-cases/2` of SHAPES.md, as far as every case type shares it. Decimals are strings, dates ISO days. */
export interface PeerCase {
  readonly id: string
  readonly type: string
  readonly title: string
  readonly needs: readonly string[]
  readonly options?: Options | undefined
  readonly book?: unknown
  readonly input?: unknown
  readonly expect: readonly Expectation[]
}

/** Options by name: a text, or a boolean. Those of an expectation override those of its case, key by key. */
export type Options = Readonly<Record<string, string>>

export interface Expectation {
  readonly figure: string
  readonly scope?: Readonly<Record<string, string | number>> | undefined
  readonly date?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly options?: Options | undefined
  /** A decimal text, a text, a boolean; null = must be unknown, for `reason`. */
  readonly value: string | boolean | null
  readonly reason?: string | undefined
  readonly tolerance?: string | undefined
  readonly needs?: readonly string[] | undefined
}

/** What we computed for one expectation: a decimal text, text or boolean, or that it is unknown and why. */
export type Answer = { readonly value: string | boolean } | { readonly value: null; readonly reason: string }
