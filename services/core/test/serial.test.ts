import { afterAll, beforeAll, expect, it } from 'vitest'
import { type CoreUnderTest, coreUnderTest } from './core-service.ts'
import { commandsOfRun, serialRuns } from './serial/runs.ts'

let test: CoreUnderTest

beforeAll(async () => {
  test = await coreUnderTest()
})
afterAll(() => test.stop())

const expectedRefusals = ['already_applied', 'already_undone', 'changed_meanwhile', 'not_enough_units', 'not_void', 'rows_in_error']

/** As many as fit a test; `npm run model -- --long` asks for 500. */
const runs = Number(process.env.MODEL_RUNS ?? 30)

it('writers at once leave a book that they could have left one after the other', { timeout: 3_600_000 }, async () => {
  const { commands, refused } = await serialRuns(test, runs)
  console.log(`${runs} runs, ${commands} commands, refused: ${JSON.stringify(Object.fromEntries(refused))}`)
  expect(commands).toBe(runs * commandsOfRun)
  // A model that refuses nothing, or everything, would prove nothing.
  expect([...refused.keys()].sort()).toEqual(expect.arrayContaining(expectedRefusals))
  expect(countOf(refused)).toBeLessThan(commands / 2)
})

function countOf(refused: ReadonlyMap<string, number>): number {
  return [...refused.values()].reduce((sum, count) => sum + count, 0)
}
