import { describe, expect, it } from 'vitest'
import { Decimal } from '../money/decimal.ts'
import { type PlainDate, plainDate } from '../time/plain-date.ts'
import { dueDays, nextDueDay, type Schedule } from './due-days.ts'
import { plannedPurchase } from './planned-purchase.ts'

const day = plainDate
const schedule = (more: Partial<Schedule>): Schedule => ({
  rhythm: 'monthly',
  day: 1,
  rule: 'as-scheduled',
  from: day('2026-01-01'),
  until: null,
  ...more,
})
const dues = (of: Schedule, upTo: string, after: PlainDate | null = null) => dueDays(of, after, day(upTo)).map(({ due }) => due)

describe('days of a plan', () => {
  it('monthly on the 31st are cut to the end of shorter months, leap years too', () => {
    const last = schedule({ day: 31, from: day('2023-12-15') })
    expect(dues(last, '2024-04-30')).toEqual(['2023-12-31', '2024-01-31', '2024-02-29', '2024-03-31', '2024-04-30'])
  })

  it('begin with the first that is not before the first day', () => {
    expect(dues(schedule({ day: 5, from: day('2026-01-06') }), '2026-03-31')).toEqual(['2026-02-05', '2026-03-05'])
    expect(dues(schedule({ day: 5, from: day('2026-01-05') }), '2026-02-04')).toEqual(['2026-01-05'])
  })

  it('move from a weekend to Monday, and are due only then', () => {
    const moved = schedule({ rule: 'next-business-day', day: 1, from: day('2026-02-01') })
    expect(dueDays(moved, null, day('2026-02-01'))).toEqual([])
    expect(dueDays(moved, null, day('2026-03-02'))).toEqual([
      { scheduled: '2026-02-01', due: '2026-02-02' },
      { scheduled: '2026-03-01', due: '2026-03-02' },
    ])
  })

  it('that were due during a pause are left out by the day they move to', () => {
    // 1 February 2026 is a Sunday, due on Monday
    const paused = schedule({ rule: 'next-business-day', day: 1, skippedThrough: day('2026-02-01') })
    expect(dues(paused, '2026-03-02')).toEqual(['2026-02-02', '2026-03-02'])
    expect(dues({ ...paused, skippedThrough: day('2026-02-02') }, '2026-03-02')).toEqual(['2026-03-02'])
    expect(nextDueDay({ ...paused, skippedThrough: day('2026-02-02') }, null)?.due).toBe('2026-03-02')
  })

  it('weekly fall on their weekday', () => {
    expect(dues(schedule({ rhythm: 'weekly', day: 5, from: day('2026-01-03') }), '2026-01-23')).toEqual([
      '2026-01-09',
      '2026-01-16',
      '2026-01-23',
    ])
    expect(dues(schedule({ rhythm: 'weekly', day: 7, from: day('2026-01-04') }), '2026-01-11')).toEqual(['2026-01-04', '2026-01-11'])
  })

  it('quarterly and yearly count from the first month', () => {
    expect(dues(schedule({ rhythm: 'quarterly', day: 15, from: day('2025-11-01') }), '2026-08-31')).toEqual([
      '2025-11-15',
      '2026-02-15',
      '2026-05-15',
      '2026-08-15',
    ])
    expect(dues(schedule({ rhythm: 'yearly', day: 29, from: day('2024-02-01') }), '2026-12-31')).toEqual([
      '2024-02-29',
      '2025-02-28',
      '2026-02-28',
    ])
  })

  it('go on after the last one, and end with the end', () => {
    const ending = schedule({ until: day('2026-04-01') })
    expect(dues(ending, '2026-12-31', day('2026-02-01'))).toEqual(['2026-03-01', '2026-04-01'])
    expect(nextDueDay(ending, day('2026-03-01'))?.due).toBe('2026-04-01')
    expect(nextDueDay(ending, day('2026-04-01'))).toBeNull()
  })

  it('asked in one go or day by day are the same', () => {
    const of = schedule({ rhythm: 'weekly', day: 6, rule: 'next-business-day', from: day('2026-01-01') })
    const apart: string[] = []
    let after: PlainDate | null = null
    for (let at = 1; at <= 28; at++) {
      for (const found of dueDays(of, after, day(`2026-02-${String(at).padStart(2, '0')}`))) {
        apart.push(found.due)
        after = found.scheduled
      }
    }
    expect(apart).toEqual(dues(of, '2026-02-28'))
  })
})

describe('a planned purchase', () => {
  const buy = (amount: string, fee: string, price: string) => {
    const found = plannedPurchase(Decimal.parse(amount), Decimal.parse(fee), Decimal.parse(price))
    return found && [found.gross.toString(), found.quantity.toString()]
  }

  it('pays the fee out of the amount and cuts the units', () => {
    expect(buy('100', '1.50', '87.35')).toEqual(['98.5', '1.12764739'])
  })

  it('buys nothing when the fee eats the amount, nothing has a price, or not even a fraction can be had', () => {
    expect([buy('1', '1', '10'), buy('1', '0', '0'), buy('0.01', '0', '2000000')]).toEqual([null, null, null])
  })
})
