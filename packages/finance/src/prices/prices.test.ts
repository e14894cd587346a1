import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { currency, quoteUnit } from '../money/currency.ts'
import { Decimal } from '../money/decimal.ts'
import { Quantity } from '../money/quantity.ts'
import { addDays, plainDate } from '../time/plain-date.ts'
import { CloseSeries } from './close-series.ts'
import { Converter } from './converter.ts'
import { converted, RateTable } from './rate-table.ts'

const [eur, usd, chf, gbp] = [currency('EUR'), currency('USD'), currency('CHF'), currency('GBP')]
const day = plainDate('2026-03-02')
const pence = quoteUnit('GBX')
if (!pence) throw new Error('GBX is a quote unit')

const table = new RateTable([
  { base: 'EUR', quote: 'USD', points: [{ date: day, value: '1.25' }] },
  { base: 'EUR', quote: 'CHF', points: [{ date: addDays(day, 2), value: '0.95' }] },
  { base: 'GBX', quote: 'EUR', points: [{ date: day, value: '0.0115' }] },
])

describe('closes', () => {
  const closes = new CloseSeries('VOD', pence, [
    { date: addDays(day, 3), value: '81' },
    { date: day, value: '80.5' },
  ])

  it('hold until the next one and are stale after five days', () => {
    expect(closes.on(addDays(day, 2))).toMatchObject({ known: true, date: day, stale: false })
    expect(closes.on(addDays(day, 8))).toMatchObject({ known: true, date: addDays(day, 3), stale: false })
    expect(closes.on(addDays(day, 9))).toMatchObject({ known: true, stale: true })
  })

  it('are unknown before the first, unless looking ahead is asked for', () => {
    expect(closes.on(addDays(day, -1))).toMatchObject({ known: false, reason: 'missing-close' })
    expect(closes.on(addDays(day, -1), 'first')).toMatchObject({ known: true, date: day })
  })

  it('in pence make pounds', () => {
    const close = closes.on(day)
    expect(close.known && close.value.times(Quantity.parse('10')).toString()).toBe('8.05 GBP')
  })
})

describe('rates', () => {
  const exactly = (from: typeof eur, to: typeof eur, amount: string, on = addDays(day, 2)) => {
    const way = table.between(from, to, on)
    return way.known ? converted(Decimal.parse(amount), way.value).toString() : way.reason
  }

  it('serve directly, inversely and through a common currency', () => {
    expect(exactly(eur, usd, '100')).toBe('125')
    expect(exactly(usd, eur, '125')).toBe('100')
    expect(exactly(usd, chf, '125')).toBe('95')
    expect(exactly(gbp, usd, '8')).toBe('11.5')
  })

  it('are unknown where a leg is missing on the day, never 1', () => {
    expect(exactly(usd, chf, '125', day)).toBe('missing-rate')
    expect(exactly(currency('JPY'), eur, '1')).toBe('missing-rate')
  })

  it('lose nothing on the way there and back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 ** 9 }), fc.integer({ min: 1, max: 10 ** 9 }), (cents, rate) => {
        const rates = new RateTable([{ base: 'EUR', quote: 'USD', points: [{ date: day, value: Decimal.fromScaled(rate, 5) }] }])
        const amount = Decimal.fromScaled(cents, 2)
        const [there, back] = [rates.between(eur, usd, day), rates.between(usd, eur, day)]
        if (!there.known || !back.known) throw new Error('known')
        expect(converted(converted(amount, there.value), back.value).toString()).toBe(amount.toString())
      }),
      { seed: 20261122, numRuns: 300 },
    )
  })
})

describe('a converter', () => {
  const recorded = { from: usd, to: eur, value: Decimal.parse('0.93') }

  it('lets the rate on the transaction win, in both directions', () => {
    const converter = new Converter(table, { rounding: 'minorUnit' })
    expect(converter.convert(Decimal.parse('10.01'), usd, eur, day, recorded)).toMatchObject({ value: Decimal.parse('9.31') })
    expect(converter.convert(Decimal.parse('9.3'), eur, usd, day, recorded)).toMatchObject({ value: Decimal.parse('10') })
  })

  it('uses one day and no recorded rate when asked for the closing day', () => {
    const converter = new Converter(table, { rounding: 'none', closingDay: day })
    const value = converter.convert(Decimal.parse('125'), usd, eur, addDays(day, -300), recorded)
    expect(value.known && value.value.toString()).toBe('100')
  })
})
