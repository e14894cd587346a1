import { describe, expect, it } from 'vitest'
import type { CorporateAction } from '../actions/corporate-action.ts'
import { currency, quoteUnit } from '../money/currency.ts'
import { Decimal } from '../money/decimal.ts'
import { dayNumber, plainDate } from '../time/plain-date.ts'
import { carriedOverSplits, unitSplits } from './closes-over-splits.ts'
import { ColumnCloses } from './column-closes.ts'
import { closeColumn } from './columns.ts'

const euros = quoteUnit('EUR')
if (!euros) throw new RangeError('EUR')
const day = (date: string) => dayNumber(plainDate(date))
const column = closeColumn(euros, [
  { day: day('2026-01-05'), value: '115.52' },
  { day: day('2026-02-02'), value: '30' },
])

const action = (exDate: string, after: string, before: string, kind: CorporateAction['kind'] = 'split'): CorporateAction => ({
  ...{ id: exDate, kind, instrumentId: 'X', exDate: plainDate(exDate), currency: currency('EUR') },
  ratio: { new: Decimal.parse(after), old: Decimal.parse(before) },
})

/** What a unit is worth, of which day's close, and whether that is old. */
function closeOn(date: string, ...actions: CorporateAction[]) {
  const found = new ColumnCloses('X', carriedOverSplits(column, unitSplits(actions).get('X'))).on(plainDate(date))
  return found.known ? [found.value.perUnit.toString(), found.date, found.stale] : found.reason
}

describe('a close that is carried over a split', () => {
  it('is of the new units from the ex-date on, and as old as it was', () => {
    const split = action('2026-01-08', '4', '1')
    expect(closeOn('2026-01-07', split)).toEqual(['115.52', '2026-01-05', false])
    expect(closeOn('2026-01-08', split)).toEqual(['28.88', '2026-01-05', false])
    expect(closeOn('2026-01-11', split)).toEqual(['28.88', '2026-01-05', true])
    expect(closeOn('2026-02-02', split)).toEqual(['30', '2026-02-02', false])
  })

  it('stays what it is where the ex-date has a close of its own, or none comes before it', () => {
    expect(closeOn('2026-02-02', action('2026-02-02', '4', '1'))).toEqual(['30', '2026-02-02', false])
    expect(closeOn('2026-01-05', action('2026-01-02', '4', '1'))).toEqual(['115.52', '2026-01-05', false])
    expect(closeOn('2026-01-02', action('2026-01-02', '4', '1'))).toBe('missing-close')
  })

  it('passes through several, those of one day too, and divides without end to the eighteenth place', () => {
    const both = [action('2026-01-09', '1', '3', 'stock-dividend'), action('2026-01-08', '1', '10')]
    expect(closeOn('2026-01-08', ...both)).toEqual(['1155.2', '2026-01-05', false])
    expect(closeOn('2026-01-09', ...both)).toEqual(['866.4', '2026-01-05', false])
    expect(closeOn('2026-01-09', action('2026-01-09', '2', '1'), action('2026-01-09', '2', '1'))).toEqual(['28.88', '2026-01-05', false])
    expect(closeOn('2026-01-09', action('2026-01-09', '3', '1'))).toEqual(['38.506666666666666667', '2026-01-05', false])
  })

  it('leaves later closes in their places, exact ones too', () => {
    const exact = closeColumn(euros, [
      { day: day('2026-01-05'), value: '65432.123456789012' },
      { day: day('2026-02-02'), value: '65432.123456789013' },
    ])
    const carried = carriedOverSplits(exact, unitSplits([action('2026-01-08', '2', '1')]).get('X'))
    expect([...carried.days]).toEqual([day('2026-01-05'), day('2026-01-08'), day('2026-02-02')])
    expect([...(carried.exact ?? [])].sort()).toEqual([
      [0, '65432.123456789012'],
      [1, '32716.061728394506'],
      [2, '65432.123456789013'],
    ])
    expect(carriedOverSplits(exact)).toBe(exact)
  })
})
