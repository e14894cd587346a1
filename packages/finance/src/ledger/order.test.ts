import { describe, expect, it } from 'vitest'
import { plainDate } from '../time/plain-date.ts'
import { inboundRank, inOrder, type SameDayOrder } from './order.ts'
import { type TransactionKind, transactionKinds } from './transaction.ts'

const [monday, tuesday] = [plainDate('2026-03-02'), plainDate('2026-03-03')]
type Told = readonly [id: string, date: typeof monday, kind: TransactionKind, time?: string]

const ids = (told: readonly Told[], sameDay?: SameDayOrder) =>
  inOrder(
    told.map(([id, date, kind, time]) => ({ id, date, kind, time })),
    sameDay,
  )
    .map(({ id }) => id)
    .join(' ')

describe('the order of a ledger', () => {
  it('is by day, and on one day as recorded', () => {
    expect(ids([])).toBe('')
    expect(
      ids([
        ['b1', tuesday, 'sell'],
        ['a1', monday, 'sell'],
        ['b2', tuesday, 'buy'],
        ['a2', monday, 'buy'],
      ]),
    ).toBe('a1 a2 b1 b2')
  })

  it('is by time among those of a day that carry one; the others keep their places', () => {
    expect(
      ids([
        ['late', monday, 'buy', '17:00:00'],
        ['plain', monday, 'buy'],
        ['early', monday, 'sell', '09:00:00'],
        ['noon', monday, 'buy', '12:00:00'],
        ['last', monday, 'buy'],
      ]),
    ).toBe('early plain noon late last')
  })

  it('lets entries of one minute stay as they were recorded', () => {
    expect(
      ids([
        ['c', monday, 'buy', '09:00:00'],
        ['b', monday, 'buy', '09:00:00'],
        ['a', monday, 'buy', '08:00:00'],
      ]),
    ).toBe('a c b')
  })

  it('never takes an entry to another day, whatever its time', () => {
    expect(
      ids([
        ['b', tuesday, 'buy', '08:00:00'],
        ['a2', monday, 'buy', '17:00:00'],
        ['a1', monday, 'buy', '16:00:00'],
        ['c', tuesday, 'sell', '07:00:00'],
      ]),
    ).toBe('a1 a2 c b')
  })

  it('leaves the list that was given as it was', () => {
    const list = [
      { id: 'b', date: tuesday, kind: 'buy' as const },
      { id: 'a', date: monday, kind: 'buy' as const },
    ]
    expect(inOrder(list).map(({ id }) => id)).toEqual(['a', 'b'])
    expect(list.map(({ id }) => id)).toEqual(['b', 'a'])
  })
})

describe('a file that lists its days in no order', () => {
  it('is read with what comes in first, then transfers, then what leaves', () => {
    expect(
      ids(
        [
          ['next', tuesday, 'buy'],
          ['sell', monday, 'sell'],
          ['transfer', monday, 'transfer'],
          ['buy', monday, 'buy'],
          ['out', monday, 'delivery-out'],
          ['in', monday, 'delivery-in'],
        ],
        'inbound-first',
      ),
    ).toBe('buy in transfer sell out next')
  })

  it('is read so also where its days are in order already', () => {
    const told: Told[] = [
      ['sell', monday, 'sell'],
      ['buy', monday, 'buy'],
    ]
    expect([ids(told, 'inbound-first'), ids(told, 'recorded'), ids(told)]).toEqual(['buy sell', 'sell buy', 'sell buy'])
  })

  it('goes by the time of day where there is one: a sale at nine is before a purchase at ten', () => {
    expect(
      ids(
        [
          ['buy', monday, 'buy', '10:00:00'],
          ['sell', monday, 'sell', '09:00:00'],
        ],
        'inbound-first',
      ),
    ).toBe('sell buy')
  })

  it('ranks each kind', () => {
    const ranked = (rank: number) => transactionKinds.filter((kind) => inboundRank({ kind }) === rank)
    expect(ranked(1)).toEqual(['transfer'])
    expect(ranked(2)).toEqual(['sell', 'withdrawal', 'delivery-out'])
    expect(ranked(0)).toHaveLength(transactionKinds.length - 4)
    expect(inboundRank({ kind: 'sell', time: '09:00:00' })).toBe(0)
  })
})
