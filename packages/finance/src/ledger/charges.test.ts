import { describe, expect, it } from 'vitest'
import { currency } from '../money/currency.ts'
import { Decimal } from '../money/decimal.ts'
import { Converter } from '../prices/converter.ts'
import { RateTable } from '../prices/rate-table.ts'
import { plainDate } from '../time/plain-date.ts'
import { chargesOf, type StatedCharge } from './charges.ts'

const [eur, usd, gbp] = ['EUR', 'USD', 'GBP'].map(currency) as [ReturnType<typeof currency>, never, never]
const day = plainDate('2026-03-02')
const rates = new RateTable([{ base: 'EUR', quote: 'USD', points: [{ date: plainDate('2026-02-27'), value: Decimal.parse('1.25') }] }])
const converter = new Converter(rates, { rounding: 'minorUnit' })
const part = (kind: StatedCharge['kind'], amount: string, of: StatedCharge['currency'] = eur, rate?: string): StatedCharge => ({
  ...{ kind, amount: Decimal.parse(amount), currency: of, note: '' },
  rate: rate === undefined ? undefined : Decimal.parse(rate),
})
const sums = (...parts: StatedCharge[]) => {
  const outcome = chargesOf(parts, eur, day, converter)
  if (!outcome.accepted) return outcome.refusal.code
  const { fee, tax } = outcome.value
  return [fee.toString(), tax.toString(), ...outcome.value.parts.map(({ booked }) => booked.toString())]
}

describe('the charges of a transaction', () => {
  it('sum by kind, each part at its own rate and rounded to the cent before it is added', () => {
    // 3.33 USD × 0.777 = 2.58741 → 2.59; twice that is 5.18, while 6.66 × 0.777 = 5.17482 would be 5.17
    expect(sums(part('fee', '3.33', usd, '0.777'), part('fee', '3.33', usd, '0.777'), part('tax', '1.5'))).toEqual([
      ...['5.18', '1.5'],
      ...['2.59', '2.59', '1.5'],
    ])
  })

  it('take the market’s rate of the day where none is stated, and are refused where there is none or an old one', () => {
    expect(sums(part('fee', '1', usd))).toEqual(['0.8', '0', '0.8'])
    expect(sums(part('tax', '1', gbp))).toBe('rate_missing')
    const later = chargesOf([part('fee', '1', usd)], eur, plainDate('2026-06-01'), converter)
    expect(later.accepted || later.refusal.code).toBe('rate_missing')
  })

  it('must come to the sum that was stated beside them, and each be more than nothing', () => {
    const told = (fee: string) => chargesOf([part('fee', '4.90')], eur, day, converter, { fee: Decimal.parse(fee) })
    expect(told('4.9').accepted).toBe(true)
    const other = told('5')
    expect(other.accepted || other.refusal.code).toBe('charges_do_not_match')
    expect(sums(part('fee', '0'))).toBe('not_positive')
    expect(sums(part('fee', '1', usd, '0'))).toBe('not_positive')
  })

  it('leave a sum without parts as it was stated', () => {
    const outcome = chargesOf([part('fee', '1')], eur, day, converter, { tax: Decimal.parse('2') })
    expect(outcome.accepted && outcome.value.tax.toString()).toBe('2')
  })

  it('without parts are what was stated, or nothing', () => {
    const of = (stated: { fee?: Decimal; tax?: Decimal }) => {
      const outcome = chargesOf([], eur, day, converter, stated)
      return outcome.accepted && { ...outcome.value, fee: outcome.value.fee.toString(), tax: outcome.value.tax.toString() }
    }
    expect(of({ fee: Decimal.parse('4.9'), tax: Decimal.parse('2') })).toEqual({ parts: [], fee: '4.9', tax: '2' })
    expect(of({})).toEqual({ parts: [], fee: '0', tax: '0' })
  })

  it('in the transaction’s own currency are booked as stated, however many places, and take no rate', () => {
    expect(sums(part('fee', '1.005'))).toEqual(['1.005', '0', '1.005'])
    expect(sums(part('fee', '3', eur, '2'))).toEqual(['3', '0', '3'])
  })

  it('round half away from zero: half a cent is a whole one', () => {
    expect(sums(part('fee', '0.05', usd, '0.1'))).toEqual(['0.01', '0', '0.01'])
    // 0.03125 USD ÷ 1.25 = 0.025 EUR, told by a converter that does not round itself
    const exact = chargesOf([part('fee', '0.03125', usd)], eur, day, new Converter(rates, { rounding: 'none' }))
    expect(exact.accepted && exact.value.fee.toString()).toBe('0.03')
  })

  it('are refused with what a person can look up', () => {
    const refusal = (parts: StatedCharge[], stated = {}) => {
      const outcome = chargesOf(parts, eur, day, converter, stated)
      return outcome.accepted ? null : outcome.refusal
    }
    expect(refusal([part('fee', '-1')])).toEqual({
      code: 'not_positive',
      detail: 'a fee must be more than 0: -1',
      facts: { field: 'fee', value: '-1' },
    })
    expect(refusal([part('tax', '1', usd, '-2')])).toEqual({
      code: 'not_positive',
      detail: 'the rate of a tax must be more than 0: -2',
      facts: { field: 'rate', value: '-2' },
    })
    expect(refusal([part('tax', '1', gbp)])).toEqual({
      code: 'rate_missing',
      detail: 'there is no rate from GBP to EUR on 2026-03-02 for a tax',
      facts: { from: 'GBP', into: 'EUR', date: '2026-03-02' },
    })
    expect(refusal([part('tax', '4.90')], { tax: Decimal.parse('5') })).toEqual({
      code: 'charges_do_not_match',
      detail: 'the tax is stated as 5, but its parts come to 4.9 EUR',
      facts: { field: 'tax', stated: '5', sum: '4.9', currency: 'EUR' },
    })
  })
})
