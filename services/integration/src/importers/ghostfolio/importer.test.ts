import { describe, expect, it } from 'vitest'
import { counted, read } from '../sources.fixture.ts'

type Activity = Record<string, unknown>

const activity = (more: Activity): Activity => ({
  accountId: 'a1',
  comment: null,
  currency: 'USD',
  dataSource: 'YAHOO',
  date: '2026-03-02T00:00:00.000Z',
  fee: 0,
  quantity: 10,
  symbol: 'MSFT',
  type: 'BUY',
  unitPrice: 100,
  ...more,
})
const balances = [
  { date: '2026-03-31T00:00:00.000Z', value: 700 },
  { date: '2026-01-31T00:00:00.000Z', value: 1000 },
  { date: '2026-02-28T00:00:00.000Z', value: 1000 },
]
const house = {
  dataSource: 'MANUAL',
  symbol: '7e91b7d4-1430-4212-8380-289a06c9bbc1',
  name: 'House',
  currency: 'CHF',
  assetClass: 'REAL_ESTATE',
  isin: null,
  marketData: [
    { date: '2026-03-02T00:00:00.000Z', marketPrice: 510000.5 },
    { date: '2026-03-01T00:00:00.000Z', marketPrice: 500000 },
    { date: '2026-02-01T00:00:00.000Z', marketPrice: 0 },
  ],
}
const exported = (activities: Activity[], more: Record<string, unknown> = {}): string =>
  JSON.stringify(
    {
      meta: { version: '2.1' },
      accounts: [{ id: 'a1', name: 'Broker', currency: 'USD' }],
      activities,
      user: { settings: { currency: 'CHF' } },
      ...more,
    },
    null,
    2,
  )
const booked = (file: Awaited<ReturnType<typeof read>>) =>
  file.transactions.map(
    ({ kind, date, amount, currency, state }) => `${date} ${kind} ${amount} ${currency}${state === 'draft' ? ' draft' : ''}`,
  )

describe('a Ghostfolio export', () => {
  it('shows a cost, an interest or a liability by the name of its profile, not by the identifier that stands for it', async () => {
    const named = { dataSource: house.dataSource, symbol: house.symbol, fee: 5, quantity: 1, unitPrice: 3 }
    const file = await read(
      exported([activity({ type: 'FEE', ...named }), activity({ type: 'INTEREST', ...named }), activity({ type: 'LIABILITY', ...named })], {
        assetProfiles: [house],
      }),
    )
    expect([...file.rows].slice(0, 3).map(({ instrument }) => instrument)).toEqual(['House', 'House', 'House'])
  })

  it('books trades as deliveries, income in and out, costs paid in', async () => {
    const file = await read(
      exported([
        activity({
          type: 'INTEREST',
          date: '2026-03-05T00:00:00.000Z',
          quantity: 1,
          unitPrice: 5,
          symbol: 'Savings',
          dataSource: 'MANUAL',
        }),
        activity({
          type: 'FEE',
          date: '2026-03-04T00:00:00.000Z',
          quantity: 0,
          unitPrice: 0,
          fee: 12,
          symbol: 'Custody',
          dataSource: 'MANUAL',
          comment: 'yearly',
        }),
        activity({ type: 'DIVIDEND', date: '2026-03-03T00:00:00.000Z', unitPrice: 0.62 }),
        activity({ fee: 1.5 }),
        activity({ type: 'SELL', date: '2026-03-06T10:30:00.000Z', quantity: 10, unitPrice: 110, fee: 2 }),
      ]),
    )
    expect(counted(file)).toBe('ok 5')
    expect(booked(file)).toEqual([
      '2026-03-02 delivery-in 1000 USD',
      '2026-03-03 dividend 6.2 USD',
      '2026-03-03 withdrawal 6.2 USD',
      '2026-03-04 deposit 12 USD',
      '2026-03-04 fee 12 USD',
      '2026-03-05 interest 5 USD',
      '2026-03-05 withdrawal 5 USD',
      '2026-03-06 delivery-out 1100 USD',
    ])
    expect(file.transactions.find(({ kind }) => kind === 'fee')?.note).toBe('Custody: yearly')
    expect(file.transactions.at(-1)).toMatchObject({ time: '10:30:00', fee: '2' })
    expect(file.baseCurrency).toBe('CHF')
  })

  it('moves cash when that is asked for', async () => {
    const trades = exported([activity({}), activity({ type: 'DIVIDEND', unitPrice: 1 })], {
      accounts: [{ id: 'a1', name: 'Broker', currency: 'USD', balances }],
    })
    const file = await read(trades, { mapping: { content: 'transactions', columns: {}, trades: 'cash' } })
    expect(booked(file)).toEqual(['2026-03-02 buy 1000 USD', '2026-03-02 dividend 10 USD'])
    expect(counted(file)).toBe('ok 2, ignored 3')
  })

  it('turns stated balances into the flows between them', async () => {
    const file = await read(exported([activity({})], { accounts: [{ id: 'a1', name: 'Broker', currency: 'USD', balances }] }))
    expect(booked(file)).toEqual(['2026-01-31 deposit 1000 USD', '2026-03-02 delivery-in 1000 USD', '2026-03-31 withdrawal 300 USD'])
    expect(counted(file)).toBe('ok 3, ignored 1')
  })

  it('keeps own assets with their prices, and reads ITEM as a purchase', async () => {
    const file = await read(
      exported(
        [
          activity({
            type: 'ITEM',
            symbol: house.symbol,
            dataSource: 'MANUAL',
            currency: 'CHF',
            quantity: 1,
            unitPrice: 500000,
            accountId: null,
          }),
        ],
        { assetProfiles: [house] },
      ),
    )
    expect(counted(file)).toBe('ok 2')
    expect(file.instruments.map(({ instrument }) => instrument)).toEqual([{ name: 'House', currency: 'CHF', kind: 'property' }])
    expect([...(file.closes[0]?.closes.entries() ?? [])]).toEqual([
      ['2026-03-01', '500000'],
      ['2026-03-02', '510000.5'],
    ])
    expect(file.accounts.map(({ account }) => `${account.name} ${account.currency}`)).toEqual(['Broker USD', 'Ghostfolio CHF'])
  })

  it('ignores debts and nothings with a reason, drafts the future, and keeps the other rows when one is wrong', async () => {
    const file = await read(
      exported([
        activity({ type: 'LIABILITY' }),
        activity({ quantity: 0, unitPrice: 0 }),
        activity({ date: '2050-01-01T00:00:00.000Z' }),
        activity({ quantity: -1 }),
        activity({ unitPrice: 'many' }),
        activity({ accountId: 'elsewhere' }),
        activity({ currency: 'GBp', symbol: 'SHEL.L', quantity: 3, unitPrice: 2500 }),
      ]),
    )
    expect(counted(file)).toBe('ok 2, ignored 2, error 3, drafts 1')
    expect([...file.rows].filter(({ state }) => state === 'error').map(({ field }) => field)).toEqual([
      'quantity',
      'unitPrice',
      'accountId',
    ])
    expect(booked(file)).toEqual(['2026-03-02 delivery-in 75 GBP', '2050-01-01 delivery-in 1000 USD draft'])
    expect(file.instruments.at(-1)?.instrument).toMatchObject({ currency: 'GBP', quoteUnit: 'GBX' })
  })

  it('takes the day of a moment in the zone of the person', async () => {
    const late = exported([activity({ date: '2026-03-01T23:00:00.000Z' })])
    expect((await read(late, { timeZone: 'Europe/Berlin' })).transactions[0]).toMatchObject({ date: '2026-03-02' })
    expect((await read(late)).transactions[0]).toMatchObject({ date: '2026-03-01', time: '23:00:00' })
  })

  it('gives rows the identity they bring, else one made of what they say', async () => {
    const keys = async (activities: Activity[]) => (await read(exported(activities))).transactions.map(({ sourceKey }) => sourceKey)
    expect(await keys([activity({ id: 'their-own' })])).toEqual(['their-own'])
    const twice = await keys([activity({}), activity({})])
    expect(new Set(twice).size).toBe(2)
    expect(await keys([activity({}), activity({ fee: 1 }), activity({})])).toEqual(expect.arrayContaining(twice))
  })

  it('loses half characters and zeros, which no database keeps', async () => {
    const [instrument] = (await read(exported([activity({ symbol: 'A\ud800B\0C' })]))).instruments
    expect(instrument?.key).toContain('A\ufffdBC')
  })

  it('as CSV ignores signs and reads every way of writing a date', async () => {
    const file = await read(
      'Date,Code,Currency,Price,Quantity,Action,Fee\n16-09-2021,MSFT,USD,-298.58,-5,BUY,-19\n17/11/2021,MSFT,USD,1,5,sell,0\n20211118,MSFT,USD,1,1,buy,\n2021-11-19T10:00:00Z,MSFT,USD,1,1,buy,0\n',
    )
    expect(booked(file)).toEqual([
      '2021-09-16 delivery-in 1492.9 USD',
      '2021-11-17 delivery-out 5 USD',
      '2021-11-18 delivery-in 1 USD',
      '2021-11-19 delivery-in 1 USD',
    ])
    expect(file.transactions[0]).toMatchObject({ fee: '19', quantity: '5' })
  })

  it('with somebody else’s types is read as any CSV', async () => {
    const file = await read(
      'Date,Symbol,Currency,Price,Quantity,Type,Fee,Amount\n2026-03-01,,USD,,,deposit,,1000\n2026-03-02,MSFT,USD,100,5,buy,1,\n',
    )
    expect(file.format).toBe('csv')
    expect(booked(file)).toEqual(['2026-03-01 deposit 1000 USD', '2026-03-02 buy 500 USD'])
  })
})
