import type { BatchTransaction } from '@pe/contracts/batches.ts'
import { plainDate } from '@pe/finance/time/plain-date.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { apple, type CoreUnderTest, coreUnderTest, row, vwce } from './core-service.ts'

let test: CoreUnderTest

beforeAll(async () => {
  test = await coreUnderTest()
})
afterAll(() => test.stop())

const standIn = '00000000-0000-4000-8000-000000000001'
const otherStandIn = '00000000-0000-4000-8000-000000000002'
let imports = 0

function body(name: string, transactions: BatchTransaction[]) {
  imports += 1
  const importId = `01900000-0000-7000-8000-${String(imports).padStart(12, '0')}`
  const accounts = [{ key: 'depot', account: { name: `Depot of ${name}`, currency: 'EUR' } }]
  return { importId, skipRefused: false, accounts, portfolio: { name, baseCurrency: 'EUR' }, transactions }
}

const buyAndSell = [
  row(1, { date: '2026-03-03', kind: 'sell', instrumentId: standIn, quantity: '2' }),
  row(2, { date: '2026-03-03', kind: 'buy', instrumentId: standIn, quantity: '5' }),
  row(3, { date: '2026-03-04' }),
]
const verdictOn = async (batch: ReturnType<typeof body>) =>
  (await test.core.recordBatch({ body: { ...batch, dryRun: true } }, test.call)).verdict
const made = [{ standIn, instrumentId: apple }]
const recordJudged = (verdict: string | undefined, instruments = made) =>
  test.core.recordJudged({ params: { verdict: verdict ?? '' }, body: { instruments } }, test.call)

describe('a verdict', () => {
  it('is recorded as it was handed over, in ledger order, under the instruments that were made since', async () => {
    const batch = body('Judged', buyAndSell)
    const verdict = await verdictOn(batch)
    const done = await recordJudged(verdict)
    expect(done).toMatchObject({ accountsOpened: 1, recorded: 3, stale: false })
    const portfolioId = done.portfolioId ?? ''
    const { items } = await test.core.listTransactions({ query: { portfolioId } }, test.call)
    expect(items.map(({ kind, instrumentId }) => [kind, instrumentId])).toEqual([
      ['buy', vwce],
      ['sell', apple],
      ['buy', apple],
    ])
    const { positions } = await test.core.portfolioPositions({ params: { portfolioId }, query: {} }, test.call)
    expect(positions.map(({ quantity }) => quantity).sort()).toEqual(['1', '3'])
    const again = await test.core.recordBatch({ body: { ...batch, dryRun: true, transactions: buyAndSell } }, test.call)
    expect(again.rows.map(({ result }) => result)).toEqual(['duplicate', 'duplicate', 'duplicate'])
    expect(again.verdict).toBeUndefined()
  })

  it('is good once, and for those who asked', async () => {
    const verdict = await verdictOn(body('Once', buyAndSell))
    const stranger = { ...test.call, actor: { ...test.call.actor, organisationId: '01900000-0000-7000-8000-00000000beef' } }
    const params = { verdict: verdict ?? '' }
    expect((await test.core.recordJudged({ params, body: { instruments: made } }, stranger)).stale).toBe(true)
    expect((await recordJudged(verdict)).stale).toBe(true)
  })

  it('is stale where somebody has opened the account meanwhile', async () => {
    const batch = body('Opened', buyAndSell)
    const verdict = await verdictOn(batch)
    const others = { ...batch, importId: '01900000-0000-7000-8000-00000000face' }
    await test.core.recordBatch({ body: { ...others, dryRun: false, transactions: [row(1, { date: '2026-02-02' })] } }, test.call)
    expect(await recordJudged(verdict)).toMatchObject({ stale: true, recorded: 0 })
  })

  it('is stale where two instruments are one by now', async () => {
    const verdict = await verdictOn(body('Merged', [...buyAndSell, row(4, { date: '2026-03-05', instrumentId: otherStandIn })]))
    expect((await recordJudged(verdict, [...made, { standIn: otherStandIn, instrumentId: apple }])).stale).toBe(true)
  })

  it('is stale where one instrument is two by now, and so is what was staged', async () => {
    const both = [...made, { standIn, instrumentId: vwce }]
    const verdict = await verdictOn(body('Parted', buyAndSell))
    expect((await recordJudged(verdict, both)).stale).toBe(true)

    const { importId, accounts, portfolio } = body('Parted rows', [])
    const params = { importId }
    await test.core.stageRows({ params, body: { accounts, portfolio, from: 0, transactions: buyAndSell } }, test.call)
    await test.core.judgeStaged({ params, body: { accounts, portfolio } }, test.call)
    const record = (instruments: typeof made) =>
      test.core.recordStaged({ params, body: { accounts, portfolio, skipRefused: false, instruments } }, test.call)
    expect(await record(both)).toMatchObject({ stale: true, recorded: 0 })
    expect(await record(made)).toMatchObject({ stale: false, recorded: 3 })
  })

  it('is stale where the portfolio was archived since, and so is what was staged', async () => {
    const { id: portfolioId, version } = await test.core.createPortfolio(
      { body: { name: 'Archived', baseCurrency: 'EUR', accountIds: [] } },
      test.call,
    )
    const { importId, ...batch } = body('Archived', buyAndSell)
    const { accounts, portfolio } = batch
    const params = { importId }
    await test.core.stageRows({ params, body: { accounts, portfolio, from: 0, transactions: buyAndSell } }, test.call)
    await test.core.judgeStaged({ params, body: { accounts, portfolio } }, test.call)
    const verdict = await verdictOn({ importId, ...batch })
    const archive = { params: { portfolioId }, body: { archivedOn: plainDate('2026-03-03') }, ifMatch: version }
    await test.core.changePortfolio(archive, test.call)
    expect(await recordJudged(verdict)).toMatchObject({ stale: true, recorded: 0 })
    const record = { ...{ accounts, portfolio, skipRefused: false }, instruments: made }
    expect(await test.core.recordStaged({ params, body: record }, test.call)).toMatchObject({ stale: true, recorded: 0 })
  })

  it('is not given where a row is refused, or where a charge takes a rate of the market', async () => {
    const sellsTooMuch = row(1, { date: '2026-03-03', kind: 'sell', instrumentId: standIn, quantity: '2' })
    expect(await verdictOn(body('Refused', [sellsTooMuch]))).toBeUndefined()
    const charges = [{ kind: 'fee' as const, amount: '1', currency: 'EUR' }]
    expect(await verdictOn(body('Charged', [row(1, { date: '2026-03-03', charges })]))).toBeUndefined()
  })

  it('is stale where a period was closed meanwhile: judged again, its rows say so, and nothing is opened', async () => {
    const verdict = await verdictOn(body('Closed', buyAndSell))
    const { id } = await test.core.closePeriod({ body: { closedThrough: plainDate('2026-03-31') } }, test.call)
    expect(await recordJudged(verdict)).toMatchObject({ stale: true, recorded: 0 })
    expect((await test.core.listPortfolios({ query: { name: 'Closed' } }, test.call)).items).toEqual([])
    await test.core.reopenPeriod({ params: { lockId: id }, body: { reason: 'the test is over' } }, test.call)
  })
})
