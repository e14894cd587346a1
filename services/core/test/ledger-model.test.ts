import { addDays } from '@pe/finance/time/plain-date.ts'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type CoreUnderTest, coreUnderTest, day, vwce } from './core-service.ts'

let test: CoreUnderTest

beforeAll(async () => {
  test = await coreUnderTest()
})
afterAll(() => test.stop())

/** One entry as a child would note it: who gives or gets how many units, on which day, after which other entry of that day. */
interface Noted {
  readonly id: string
  readonly kind: 'buy' | 'sell' | 'transfer'
  readonly account: 0 | 1
  readonly units: number
  readonly onDay: number
  readonly place: number
}

/** Units of both accounts after every entry; null as soon as one gives what it does not have. */
function unitsAfter(noted: readonly Noted[]): [number, number] | null {
  const held: [number, number] = [0, 0]
  for (const { kind, account, units } of [...noted].sort((a, b) => a.onDay - b.onDay || a.place - b.place)) {
    const other = account === 0 ? 1 : 0
    if (kind === 'buy') held[account] += units
    else held[account] -= units
    if (held[account] < 0) return null
    if (kind === 'transfer') held[other] += units
  }
  return held
}

const stated = fc.record({
  kind: fc.constantFrom('buy' as const, 'buy' as const, 'sell' as const, 'transfer' as const),
  account: fc.constantFrom(0 as const, 1 as const),
  units: fc.integer({ min: 1, max: 4 }),
  onDay: fc.integer({ min: 0, max: 1 }),
})
const command = fc.record({
  what: fc.constantFrom('record', 'record', 'record', 'replace', 'replace', 'void', 'reinstate'),
  stated,
  which: fc.nat(),
})

it('the book allows exactly what leaves nobody with less than nothing, on any day, and adds up', async () => {
  const first = day('2026-03-02')
  await fc.assert(
    fc.asyncProperty(fc.array(command, { minLength: 4, maxLength: 14 }), async (commands) => {
      const accounts = [await test.account(), await test.account()] as const
      const idOf = (account: 0 | 1) => accounts[account].id
      let noted: Noted[] = []
      const voided: Noted[] = []
      let places = 0
      const bodyOf = ({ kind, account, units, onDay }: Omit<Noted, 'id' | 'place'>) => ({
        kind,
        date: addDays(first, onDay),
        instrumentId: vwce,
        quantity: `${units}`,
        amount: `${units * 10}`,
        ...(kind === 'transfer' ? { toAccountId: idOf(account === 0 ? 1 : 0) } : {}),
      })
      for (const { what, stated: wanted, which } of commands) {
        const target = noted[which % Math.max(noted.length, 1)]
        const gone = voided[which % Math.max(voided.length, 1)]
        places += 1
        let after = noted
        let done: Promise<string>
        if (what === 'record') {
          const entry = { ...wanted, id: '', place: places }
          after = [...noted, entry]
          done = test.core
            .recordTransaction({ params: { accountId: idOf(wanted.account) }, body: bodyOf(wanted) }, test.call)
            .then(({ transaction }) => transaction.id)
        } else if (what === 'replace' && target) {
          const entry = { ...wanted, account: target.account, id: '', place: wanted.onDay === target.onDay ? target.place : places }
          after = [...noted.filter((one) => one !== target), entry]
          done = test.core
            .replaceTransaction({ params: { transactionId: target.id }, body: { transaction: bodyOf(entry) }, ifMatch: 1 }, test.call)
            .then(({ transaction }) => transaction.id)
        } else if (what === 'void' && target) {
          after = noted.filter((one) => one !== target)
          done = test.core.voidTransaction({ params: { transactionId: target.id }, body: {}, ifMatch: 1 }, test.call).then(({ id }) => id)
        } else if (what === 'reinstate' && gone) {
          after = [...noted, { ...gone, id: '' }]
          done = test.core
            .reinstateTransaction({ params: { transactionId: gone.id }, body: {} }, test.call)
            .then(({ transaction }) => transaction.id)
        } else continue

        if (unitsAfter(after) === null) {
          await expect(done).rejects.toMatchObject({ code: 'not_enough_units' })
          continue
        }
        const id = await done
        if (what === 'void' && target) voided.push(target)
        if (what === 'reinstate' && gone) voided.splice(voided.indexOf(gone), 1)
        noted = after.map((one) => (one.id === '' ? { ...one, id } : one))
      }
      const held = unitsAfter(noted)
      for (const account of [0, 1] as const) {
        const { positions } = await test.core.accountPositions({ params: { accountId: idOf(account) }, query: {} }, test.call)
        expect(positions[0]?.quantity ?? '0').toBe(`${held?.[account]}`)
        const inLots = (positions[0]?.lots ?? []).reduce((sum, lot) => sum + Number(lot.quantity), 0)
        expect(inLots).toBe(held?.[account])
      }
    }),
    { seed: 20261122, numRuns: 60 },
  )
})
