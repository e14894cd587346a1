import { expect, it } from 'vitest'
import { inTurns } from './in-turns.ts'

it('never more than two are at it, in the order in which they came, also where one fails', async () => {
  const take = inTurns({ atOnce: 2, mostWaiting: 100 })
  let [running, most] = [0, 0]
  const begun: number[] = []
  const work = (n: number) => async () => {
    begun.push(n)
    running += 1
    most = Math.max(most, running)
    for (let turns = 0; turns <= n % 3; turns += 1) await Promise.resolve()
    running -= 1
    if (n % 5 === 0) throw new Error('failed')
    return n
  }
  const results = await Promise.allSettled(Array.from({ length: 40 }, (_, n) => take(work(n))))
  expect(most).toBe(2)
  expect(begun).toEqual(Array.from({ length: 40 }, (_, n) => n))
  expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(8)
  expect(await take(work(1))).toBe(1)
})

it('whoever finds too many waiting is turned away', async () => {
  const take = inTurns({ atOnce: 1, mostWaiting: 1 })
  const gate = Promise.withResolvers<void>()
  const [first, second] = [take(() => gate.promise), take(async () => 'second')]
  await expect(take(async () => 'third')).rejects.toMatchObject({ code: 'unavailable' })
  gate.resolve()
  await first
  expect(await second).toBe('second')
})
