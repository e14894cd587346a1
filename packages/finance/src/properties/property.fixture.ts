import fc from 'fast-check'

/** What must hold for every book. */
export interface Property {
  readonly name: string
  readonly check: (parameters: fc.Parameters<unknown>) => fc.RunDetails<unknown>
}

/** Of every run, unless another is asked for; a failing one prints its seed and path. */
export const seed = 20_261_122

/** @param broken what does not hold, for a person; null when all is well */
export function property<T>(name: string, arbitrary: fc.Arbitrary<T>, broken: (value: T) => string | null): Property {
  const holds = fc.property(arbitrary, (value) => {
    const sentence = broken(value)
    if (sentence !== null) throw new Error(sentence)
  })
  return { name, check: (parameters) => fc.check(holds as fc.IProperty<unknown>, parameters) as fc.RunDetails<unknown> }
}

/** The first of these that is broken. */
export function firstBroken(sentences: Iterable<string | null>): string | null {
  for (const sentence of sentences) if (sentence !== null) return sentence
  return null
}

/** Compared as texts, so that no rounding of a comparison hides a digit. */
export function differ(what: string, found: { toString(): string }, expected: { toString(): string }): string | null {
  const [one, other] = [found.toString(), expected.toString()]
  return one === other ? null : `${what}: ${one}, but expected ${other}`
}
