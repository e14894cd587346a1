import { afterAll, beforeAll, expect, it } from 'vitest'
import { type AuthBench, authBench } from './auth-bench.ts'

let bench: AuthBench
beforeAll(async () => {
  bench = await authBench()
})
afterAll(() => bench.stop())

it('the organisation that stood before there was sign-in is there', async () => {
  const rows = await bench.deps.db.sql.selectFrom('organisation').select('id').execute()
  expect(rows).toEqual([{ id: bench.call.actor.organisationId }])
})
