import { type Property, seed } from './property.fixture.ts'

/** Cases of each property in `npm test`; ten times as many with `npm run properties -- --long`. */
export const cases = 1000

/** 'holds', or what the smallest book shows that breaks it, with seed and path, so that it can be looked at again. */
export function outcomeOf({ check }: Property, numRuns = cases, from = seed): string {
  const { failed, counterexample, counterexamplePath, errorInstance, numRuns: run } = check({ seed: from, numRuns })
  if (!failed) return 'holds'
  const shown = JSON.stringify(counterexample, (key, value) =>
    key === 'closes' || key === 'rates' || key === 'entries' ? undefined : value,
  )
  const said = errorInstance instanceof Error ? (errorInstance.stack ?? errorInstance.message) : String(errorInstance)
  return `after ${run} books, seed ${from}, path ${counterexamplePath}: ${said.slice(0, 600)}\n${shown}`
}
