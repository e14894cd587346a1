import { ColumnCloses } from '@pe/finance/kernel/column-closes.ts'
import { dateOfDay } from '@pe/finance/time/plain-date.ts'
import { describe, expect, it } from 'vitest'
import { closeColumnOf } from './decode-series.ts'

function packed(points: readonly (readonly [number, number])[], exact: [number, string][] = []) {
  const days = Buffer.alloc(points.length * 4)
  const values = Buffer.alloc(points.length * 8)
  for (const [index, [day, value]] of points.entries()) {
    days.writeInt32BE(day, index * 4)
    values.writeDoubleBE(value, index * 8)
  }
  return { days: days.toString('base64'), values: values.toString('base64'), exact }
}

describe('a packed series', () => {
  const column = closeColumnOf(
    'GBX',
    packed(
      [
        [-1, 12_345_000_000],
        [16_435, Number.NaN],
      ],
      [[16_435, '0.1234567891']],
    ),
  )

  it('comes back as day numbers and integers, days before 1970 too', () => {
    expect([...column.days]).toEqual([-1, 16_435])
    expect(column.closes[0]).toBe(12_345_000_000)
    expect(column.unit.currency).toBe('GBP')
  })

  it('keeps the text of a close that no double holds', () => {
    expect(column.exact?.get(1)).toBe('0.1234567891')
    const close = new ColumnCloses('x', column).on(dateOfDay(16_436))
    expect(close.known && close.value.perUnit.toString()).toBe('0.1234567891')
  })

  it('answers the decimal path with the last close up to a day', () => {
    const closes = new ColumnCloses('x', column)
    const close = closes.on(dateOfDay(3))
    expect(close).toMatchObject({ known: true, date: '1969-12-31', stale: false })
    expect(close.known && close.value.perUnit.toString()).toBe('123.45')
    expect(closes.on(dateOfDay(-2))).toMatchObject({ known: false, reason: 'missing-close' })
    expect(closes.on(dateOfDay(-2), 'first')).toMatchObject({ known: true, date: '1969-12-31' })
  })
})
