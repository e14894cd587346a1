import type { NewPlan } from '@pe/contracts/plans.ts'
import { instant } from '@pe/finance/time/instant.ts'
import { FixedClock } from '@pe/platform/clock/clock.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { draftPlansJob } from '../src/plans/draft-plans.ts'
import { apple, type CoreUnderTest, closes, coreUnderTest, day, vwce } from './core-service.ts'

let test: CoreUnderTest
const clock = new FixedClock(instant('2026-11-22T12:00:00Z'))

beforeAll(async () => {
  test = await coreUnderTest(clock)
})
afterAll(() => test.stop())
beforeEach(() => {
  clock.moveTo(instant('2026-11-22T12:00:00Z'))
  closes.clear()
})

/** A monthly deposit has neither instrument nor fee. */
const deposit = { kind: 'deposit', instrumentId: null, fee: '0' } as const

async function plan({ instrumentId = vwce, ...more }: Omit<Partial<NewPlan>, 'instrumentId'> & { instrumentId?: string | null } = {}) {
  const accountId = more.accountId ?? (await test.account()).id
  const body: NewPlan = {
    name: 'World',
    accountId,
    kind: 'buy',
    ...(instrumentId === null ? {} : { instrumentId }),
    amount: '100',
    fee: '1.5',
    rhythm: 'monthly',
    day: 5,
    dayRule: 'next-business-day',
    from: day('2026-09-01'),
    ...more,
  }
  return await test.core.createPlan({ body }, test.call)
}
const draftsOf = async (accountId: string) =>
  (await test.core.listTransactions({ query: { accountId, state: 'draft' } }, test.call)).items.toReversed()
async function runDaily(): Promise<void> {
  await test.deps.queue.add(draftPlansJob, {}, { call: test.call })
  await test.runJobs()
}

describe('a savings plan', () => {
  it('leaves a draft for every day since it began, with units at the close of the day', async () => {
    closes.set(vwce, [
      { date: day('2026-09-07'), close: '100' },
      { date: day('2026-10-05'), close: '120' },
      { date: day('2026-11-05'), close: '87.35' },
    ])
    const made = await plan()
    const drafts = await draftsOf(made.accountId)
    expect(drafts.map(({ date, amount, fee, quantity, note }) => [date, amount, fee, quantity, note])).toEqual([
      ['2026-09-07', '98.5', '1.5', '0.985', 'World'],
      ['2026-10-05', '98.5', '1.5', '0.82083333', 'World'],
      ['2026-11-05', '98.5', '1.5', '1.12764739', 'World'],
    ])
    expect(made).toMatchObject({ drafted: 3, drafts: 3, nextDue: '2026-12-07' })
    const { posted } = await test.core.postDrafts({ body: { transactionIds: drafts.map(({ id }) => id) } }, test.call)
    expect(posted).toHaveLength(3)
    const { positions, cash } = await test.core.accountPositions({ params: { accountId: made.accountId }, query: {} }, test.call)
    expect([positions[0]?.quantity, cash[0]?.balance.amount]).toEqual(['2.93348072', '-300'])
  })

  it('leaves no second draft for a day, not even after one was discarded', async () => {
    const { accountId } = await plan(deposit)
    const [first] = await draftsOf(accountId)
    if (!first) throw new Error('no draft')
    await test.core.voidTransaction({ params: { transactionId: first.id }, body: {}, ifMatch: first.version }, test.call)
    await runDaily()
    await runDaily()
    expect((await draftsOf(accountId)).map(({ date }) => date)).toEqual(['2026-10-05', '2026-11-05'])
  })

  it('catches up after nothing ran for weeks, in one run', async () => {
    const { id, accountId } = await plan({ ...deposit, kind: 'withdrawal' })
    clock.moveTo(instant('2027-02-05T08:00:00Z'))
    await test.service.start?.()
    await test.runJobs()
    expect((await draftsOf(accountId)).map(({ date }) => date).slice(-3)).toEqual(['2026-12-07', '2027-01-05', '2027-02-05'])
    const told = await test.core.getPlan({ params: { planId: id } }, test.call)
    expect(told).toMatchObject({ drafted: 6, drafts: 6, nextDue: '2027-03-05' })
  })

  it('without a close leaves a draft that needs a review, and gives it units once the close is there', async () => {
    const { accountId } = await plan({ from: day('2026-11-01') })
    const [bare] = await draftsOf(accountId)
    const needsReview = { code: 'no-close', facts: { name: 'VWCE', date: '2026-11-05' }, detail: 'no close of VWCE on 2026-11-05' }
    expect(bare).toMatchObject({ quantity: null, amount: '98.5', needsReview })
    closes.set(vwce, [{ date: day('2026-11-05'), close: '50' }])
    await runDaily()
    const [whole, ...more] = await draftsOf(accountId)
    expect([whole?.quantity, whole?.needsReview, whole?.replaces, more]).toEqual(['1.97', null, bare?.id, []])
  })

  it('does not complete what a person has edited', async () => {
    const { accountId } = await plan({ from: day('2026-11-01') })
    const [bare] = await draftsOf(accountId)
    if (!bare) throw new Error('no draft')
    const transaction = { kind: 'buy' as const, state: 'draft' as const, date: bare.date, instrumentId: vwce, amount: '77' }
    await test.core.replaceTransaction({ params: { transactionId: bare.id }, body: { transaction }, ifMatch: bare.version }, test.call)
    closes.set(vwce, [{ date: day('2026-11-05'), close: '50' }])
    await runDaily()
    expect((await draftsOf(accountId)).map(({ amount, quantity }) => [amount, quantity])).toEqual([['77', null]])
    const [told] = (await test.core.listPlans({ query: { accountId } }, test.call)).items
    expect(told).toMatchObject({ drafts: 1, drafted: 1 })
  })

  it('in another currency buys at the rate of the day', async () => {
    closes.set(vwce, [{ date: day('2026-11-05'), close: '80' }])
    const account = await test.account({ currency: 'USD' })
    await plan({ accountId: account.id, from: day('2026-11-01'), fee: '0' })
    const [draft] = await draftsOf(account.id)
    // 80 EUR are 100 USD.
    expect([draft?.amount, draft?.currency, draft?.quantity]).toEqual(['100', 'USD', '1'])
  })

  it('changed goes on from its next day, and ended brings nothing more', async () => {
    const made = await plan(deposit)
    const change = { params: { planId: made.id }, body: { amount: '250', day: 20, until: day('2026-12-31') }, ifMatch: made.version }
    const changed = await test.core.changePlan(change, test.call)
    await expect(test.core.changePlan(change, test.call)).rejects.toMatchObject({ code: 'changed_meanwhile' })
    expect(changed.nextDue).toBe('2026-12-21')
    const amounts = (await draftsOf(made.accountId)).map(({ date, amount }) => `${date} ${amount}`)
    expect(amounts).toEqual(['2026-09-07 100', '2026-10-05 100', '2026-11-05 100', '2026-11-20 250'])
    clock.moveTo(instant('2027-06-01T08:00:00Z'))
    await runDaily()
    expect((await draftsOf(made.accountId)).at(-1)?.date).toBe('2026-12-21')
    expect((await test.core.getPlan({ params: { planId: made.id } }, test.call)).nextDue).toBeNull()
  })

  it('changed stays the plan it is, whatever else a body brings', async () => {
    const [made, other] = [await plan(deposit), await plan(deposit)]
    const body = { amount: '250', id: other.id, from: day('2026-01-01'), accountId: other.accountId, pausedOn: day('2026-01-01'), bogus: 1 }
    const change = { params: { planId: made.id }, body, ifMatch: made.version }
    await expect(test.core.changePlan(change, test.call)).rejects.toMatchObject({ code: 'bad_request' })
    // Nor by itself, without the contract before it.
    expect(await test.served.changePlan(change, test.call)).toEqual({ ...made, amount: '250', version: made.version + 1 })
    expect(await test.core.getPlan({ params: { planId: other.id } }, test.call)).toEqual(other)
  })

  it('paused brings nothing; going on leaves out what passed meanwhile', async () => {
    const made = await plan(deposit)
    const params = { planId: made.id }
    const paused = await test.core.pausePlan({ params, body: {}, ifMatch: made.version }, test.call)
    expect(paused).toMatchObject({ pausedOn: '2026-11-22', nextDue: null, missed: 0, drafted: 3 })
    const again = test.core.pausePlan({ params, body: {}, ifMatch: paused.version }, test.call)
    await expect(again).rejects.toMatchObject({ code: 'already_paused', facts: { date: '2026-11-22' } })
    clock.moveTo(instant('2027-02-05T08:00:00Z'))
    await runDaily()
    expect(await draftsOf(made.accountId)).toHaveLength(3)
    const waiting = await test.core.getPlan({ params }, test.call)
    expect(waiting).toMatchObject({ missed: 3, nextDue: null })
    const late = test.core.resumePlan({ params, body: {}, ifMatch: made.version }, test.call)
    await expect(late).rejects.toMatchObject({ code: 'changed_meanwhile' })
    // 5 February is today: it counts; 7 December and 5 January are left out for good
    const running = await test.core.resumePlan({ params, body: {}, ifMatch: waiting.version }, test.call)
    expect(running).toMatchObject({ pausedOn: null, missed: 0, nextDue: '2027-03-05' })
    await runDaily()
    expect((await draftsOf(made.accountId)).map(({ date }) => date).slice(3)).toEqual(['2027-02-05'])
    const twice = test.core.resumePlan({ params, body: {}, ifMatch: running.version }, test.call)
    await expect(twice).rejects.toMatchObject({ code: 'not_paused' })
  })

  it('goes on with the days that passed when that is asked for', async () => {
    const made = await plan(deposit)
    const params = { planId: made.id }
    const paused = await test.core.pausePlan({ params, body: {}, ifMatch: made.version }, test.call)
    clock.moveTo(instant('2027-01-20T08:00:00Z'))
    const running = await test.core.resumePlan({ params, body: { missed: 'draft' }, ifMatch: paused.version }, test.call)
    expect(running).toMatchObject({ drafted: 5, nextDue: '2027-02-05' })
    expect((await draftsOf(made.accountId)).map(({ date }) => date).slice(3)).toEqual(['2026-12-07', '2027-01-05'])
  })

  it('rests when its account is archived, and goes on only after that is taken back', async () => {
    const made = await plan({ ...deposit, from: day('2026-11-25') })
    const params = { accountId: made.accountId }
    const account = await test.core.getAccount({ params }, test.call)
    const change = (archivedOn: string | null, ifMatch: number) =>
      test.core.changeAccount({ params, body: { archivedOn: archivedOn === null ? null : day(archivedOn) }, ifMatch }, test.call)
    const archived = await change('2026-11-20', account.version)
    const resting = await test.core.getPlan({ params: { planId: made.id } }, test.call)
    expect(resting).toMatchObject({ pausedOn: '2026-11-20', nextDue: null })
    const resume = (ifMatch: number) => test.core.resumePlan({ params: { planId: made.id }, body: {}, ifMatch }, test.call)
    const facts = { account: account.name, archived: '2026-11-20' }
    await expect(resume(resting.version)).rejects.toMatchObject({ code: 'account_archived', facts })
    await expect(plan({ ...deposit, accountId: made.accountId })).rejects.toMatchObject({ code: 'account_archived', facts })
    await change(null, archived.version)
    expect(await resume(resting.version)).toMatchObject({ pausedOn: null, nextDue: '2026-12-07' })
  })

  it('given up leaves its drafts and is no longer there', async () => {
    const { id: planId, accountId } = await plan(deposit)
    await test.core.removePlan({ params: { planId } }, test.call)
    expect(await draftsOf(accountId)).toHaveLength(3)
    await expect(test.core.getPlan({ params: { planId } }, test.call)).rejects.toMatchObject({ code: 'not_found' })
    await expect(test.core.removePlan({ params: { planId } }, test.call)).rejects.toMatchObject({ code: 'not_found' })
  })

  it.each<[string, Partial<NewPlan>, string]>([
    ['of nothing', { amount: '0' }, 'not_positive'],
    ['whose fee leaves nothing', { fee: '100' }, 'not_positive'],
    ['of an unknown instrument', { instrumentId: '01900000-0000-7000-8000-00000000cccc' }, 'instrument_missing'],
    ['of a deposit of units', { kind: 'deposit', fee: '0' }, 'field_not_allowed'],
    ['of a deposit with a fee', { kind: 'interest', instrumentId: apple }, 'field_not_allowed'],
    ['on the eighth day of a week', { rhythm: 'weekly', day: 8 }, 'field_not_allowed'],
    ['that ends before it begins', { until: day('2026-08-31') }, 'field_not_allowed'],
    ['in no currency', { currency: 'XXQ' }, 'unknown_currency'],
    ['before days are kept', { from: day('1899-12-31') }, 'date_too_early'],
    ['of 11 decimals', { amount: '100.00000000001' }, 'too_precise'],
  ])('is refused %s, and nothing is kept', async (_, more, code) => {
    const account = await test.account()
    await expect(plan({ accountId: account.id, ...more })).rejects.toMatchObject({ code })
    expect((await test.core.listPlans({ query: { accountId: account.id } }, test.call)).items).toEqual([])
  })
})
