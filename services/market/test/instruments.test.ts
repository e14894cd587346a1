import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type MarketUnderTest, marketUnderTest } from './market-service.ts'

let test: MarketUnderTest

beforeAll(async () => {
  test = await marketUnderTest()
})
afterAll(() => test.stop())

const apple = { name: 'Apple Inc.', currency: 'USD', isin: 'US0378331005', symbol: 'AAPL' }
const idOf = (found: { key: string; instrumentId: string | null }[], key: string) => found.find((one) => one.key === key)?.instrumentId
const resolve = (instruments: Record<string, { name: string; currency: string; isin?: string; symbol?: string }>, more = {}) =>
  test.market.resolveInstruments(
    { body: { dryRun: false, ...more, instruments: Object.entries(instruments).map(([key, instrument]) => ({ key, instrument })) } },
    test.call,
  )

describe('an instrument added by hand', () => {
  it('is kept with what it is known by', async () => {
    const made = await test.market.createInstrument(
      { body: { name: 'Tesco plc', currency: 'GBP', quoteUnit: 'GBX', symbol: 'TSCO' } },
      test.call,
    )
    expect(made).toMatchObject({
      name: 'Tesco plc',
      currency: 'GBP',
      quoteUnit: 'GBX',
      symbol: 'TSCO',
      kind: 'other',
      generated: false,
      version: 1,
    })
    expect(made.lastClose).toBeNull()
    expect(await test.market.getInstrument({ params: { instrumentId: made.id } }, test.call)).toEqual(made)
    expect((await test.announced('instrument-changed')).at(-1)?.body).toEqual({ instrumentId: made.id })
  })

  it('is refused when another would be taken for it, or its currency is none', async () => {
    const again = { body: { name: 'TESCO PLC', currency: 'GBP' } }
    await expect(test.market.createInstrument(again, test.call)).rejects.toMatchObject({ code: 'name_taken' })
    const unknown = { body: { name: 'Moon cheese', currency: 'XXQ' } }
    await expect(test.market.createInstrument(unknown, test.call)).rejects.toMatchObject({ code: 'unknown_currency' })
    const mixed = { body: { name: 'Pence in dollars', currency: 'USD', quoteUnit: 'GBX' } }
    await expect(test.market.createInstrument(mixed, test.call)).rejects.toMatchObject({ code: 'unknown_currency' })
  })

  it('is renamed only in the version that was seen', async () => {
    const { id } = await test.market.createInstrument({ body: { name: 'Old name', currency: 'EUR' } }, test.call)
    const rename = { params: { instrumentId: id }, body: { name: 'New name', wkn: 'A1JX52' }, ifMatch: 1 }
    expect(await test.market.changeInstrument(rename, test.call)).toMatchObject({ name: 'New name', wkn: 'A1JX52', version: 2 })
    await expect(test.market.changeInstrument(rename, test.call)).rejects.toMatchObject({ code: 'changed_meanwhile' })
  })

  it('is invisible to another organisation', async () => {
    const stranger = test.callAs({ organisationId: '00000000-0000-7000-8000-00000000000f' })
    expect((await test.market.listInstruments({ query: {} }, stranger)).items).toEqual([])
  })

  it('is found in pages and by a part of its name', async () => {
    const first = await test.market.listInstruments({ query: { limit: 1 } }, test.call)
    const second = await test.market.listInstruments({ query: { limit: 1, cursor: first.next ?? '' } }, test.call)
    expect([first.items[0]?.name, second.items[0]?.name]).toEqual(['New name', 'Tesco plc'])
    expect(second.next).toBeNull()
    const found = await test.market.listInstruments({ query: { text: 'tsc' } }, test.call)
    expect(found.items.map(({ name }) => name)).toEqual(['Tesco plc'])
    await expect(test.market.listInstruments({ query: { cursor: 'nonsense' } }, test.call)).rejects.toMatchObject({ code: 'bad_request' })
  })

  it('keeps its currency and all else that no change is about, whatever a body brings', async () => {
    const made = await test.market.createInstrument({ body: { name: 'Fixed plc', currency: 'EUR' } }, test.call)
    const body = { name: 'Renamed plc', currency: 'USD', quoteUnit: 'GBX', generated: true, created_at: '1999-01-01', bogus: 1 }
    const change = { params: { instrumentId: made.id }, body, ifMatch: 1 }
    await expect(test.market.changeInstrument(change, test.call)).rejects.toMatchObject({ code: 'bad_request' })
    // Nor by itself, without the contract before it.
    expect(await test.service.handlers.changeInstrument(change, test.call)).toEqual({ ...made, name: 'Renamed plc', version: 2 })
  })
})

describe('instruments of a file', () => {
  it('are found by ISIN, then symbol, then name, and made where missing', async () => {
    const { found: first } = await resolve({ a: apple, cash: { name: 'Money market', currency: 'EUR' } })
    expect(first.every(({ created }) => created)).toBe(true)
    const { found: byIsin } = await resolve({ a: { name: 'APPLE', currency: 'USD', isin: apple.isin, symbol: 'APC' } })
    const { found } = await resolve({
      a: { name: 'Another spelling', currency: 'USD', symbol: 'aapl' },
      cash: { name: 'money MARKET', currency: 'EUR' },
    })
    expect([...byIsin, ...found].map(({ created }) => created)).toEqual([false, false, false])
    expect([idOf(byIsin, 'a'), idOf(found, 'a'), idOf(found, 'cash')]).toEqual([idOf(first, 'a'), idOf(first, 'a'), idOf(first, 'cash')])
  })

  it('stay apart in another currency, under another ISIN, and as two listings of one file', async () => {
    const { found } = await resolve({
      euro: { ...apple, currency: 'EUR' },
      other: { ...apple, isin: 'US0000000001' },
      xetra: { name: 'Fund', currency: 'EUR', isin: 'IE00B4L5Y983', symbol: 'EUNL' },
      milan: { name: 'Fund', currency: 'EUR', isin: 'IE00B4L5Y983', symbol: 'SWDA' },
    })
    expect(new Set(found.map(({ instrumentId }) => instrumentId)).size).toBe(4)
    const again = await resolve({
      milan: { name: 'Fund', currency: 'EUR', isin: 'IE00B4L5Y983', symbol: 'SWDA' },
      xetra: { name: 'Fund', currency: 'EUR', isin: 'IE00B4L5Y983', symbol: 'EUNL' },
    })
    expect(idOf(again.found, 'xetra')).toBe(idOf(found, 'xetra'))
    expect(idOf(again.found, 'milan')).toBe(idOf(found, 'milan'))
  })

  it('are only looked up in a dry run', async () => {
    const before = (await test.market.listInstruments({ query: {} }, test.call)).items.length
    const { found } = await resolve({ known: apple, unknown: { name: 'Nowhere', currency: 'EUR' } }, { dryRun: true })
    expect(idOf(found, 'known')).toBeTruthy()
    expect(idOf(found, 'unknown')).toBeNull()
    expect((await test.market.listInstruments({ query: {} }, test.call)).items.length).toBe(before)
  })

  it('are one when two imports meet the same unknown one at the same time', async () => {
    const both = await Promise.all([1, 2].map(() => resolve({ x: { name: 'Raced', currency: 'EUR', symbol: 'RACE' } })))
    const [a, b] = both.map(({ found }) => idOf(found, 'x'))
    expect(a).toBe(b)
    expect(both.flatMap(({ found }) => found).filter(({ created }) => created)).toHaveLength(1)
  })

  it('go with their import unless the book uses them, and come back under their id', async () => {
    const importId = '01900000-0000-7000-8000-000000000001'
    const { found } = await resolve({ kept: { name: 'Kept', currency: 'EUR' }, gone: { name: 'Gone', currency: 'EUR' } }, { importId })
    const undo = { params: { importId }, body: { keepInstrumentIds: [idOf(found, 'kept') ?? ''] } }
    expect(await test.market.undoMarketImport(undo, test.call)).toEqual({ closes: 0, rates: 0, instruments: 1 })
    const names = (await test.market.listInstruments({ query: {} }, test.call)).items.map(({ name }) => name)
    expect(names).toContain('Kept')
    expect(names).not.toContain('Gone')
    const again = await resolve({ gone: { name: 'Gone', currency: 'EUR' } }, { importId })
    expect(again.found[0]).toEqual({ key: 'gone', instrumentId: idOf(found, 'gone'), created: true })
  })
})
