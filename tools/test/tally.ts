/** How many checks of a step held. */
export interface Tally {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

export interface Step {
  readonly name: string
  readonly run: (root: string) => Promise<Tally>
}

export function total(tallies: readonly Tally[]): Tally {
  return tallies.reduce(
    (sum, one) => ({ passed: sum.passed + one.passed, failed: sum.failed + one.failed, skipped: sum.skipped + one.skipped }),
    {
      passed: 0,
      failed: 0,
      skipped: 0,
    },
  )
}

export function verdict(held: boolean): Tally {
  return { passed: held ? 1 : 0, failed: held ? 0 : 1, skipped: 0 }
}
