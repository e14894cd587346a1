import { expect, test } from 'vitest'
import { direction, figureFormat } from './figure-format.ts'

const english = figureFormat({ locale: 'en-GB', privacy: 'shown', scrambleFactor: '2' })

test('writes money with a no-break space between thousands and two places', () => {
  expect(english.money('1246207.94')).toBe('1\u00a0246\u00a0207.94')
  expect(english.money('-0.5')).toBe('\u22120.50')
})

test('a change has its sign, zero has none', () => {
  expect(english.money('33000', { signed: true })).toBe('+33\u00a0000.00')
  expect(english.money('0', { signed: true })).toBe('0.00')
})

test('keeps every digit of an amount that no float could hold', () => {
  expect(english.money('9007199254740993123.45')).toBe('9\u00a0007\u00a0199\u00a0254\u00a0740\u00a0993\u00a0123.45')
})

test('rounds half away from zero, as statements do', () => {
  expect(english.money('2.345')).toBe('2.35')
  expect(english.money('-2.345')).toBe('\u22122.35')
})

test('per cent with a narrow space, two places, and without its sign in a column', () => {
  expect(english.percent(0.0686, { signed: true })).toBe('+6.86\u202f%')
  expect(english.percent(-0.1005, { unit: false })).toBe('\u221210.05')
})

test('German writes a comma', () => {
  const german = figureFormat({ locale: 'de-DE', privacy: 'shown', scrambleFactor: '2' })
  expect(german.money('1234.5')).toBe('1\u00a0234,50')
  expect(german.percent(0.0511)).toBe('5,11\u202f%')
})

test('masked amounts keep their sign and tell nothing else; per cent and prices stay', () => {
  const masked = figureFormat({ locale: 'en-GB', privacy: 'masked', scrambleFactor: '2' })
  expect(masked.money('-123.45', { signed: true })).toBe('\u2212•••••')
  expect(masked.money('99999')).toBe('•••••')
  expect(masked.units('12.5')).toBe('•••••')
  expect(masked.percent(0.05)).toBe('5.00\u202f%')
  expect(masked.price('12.5')).toBe('12.50')
  expect(masked.axis(1_200_000, { thousand: 'k', million: 'm', billion: 'bn' })).toBe('')
})

test('scrambled amounts keep their proportions, exactly', () => {
  const scrambled = figureFormat({ locale: 'en-GB', privacy: 'scrambled', scrambleFactor: '1.5' })
  expect(scrambled.money('100.10')).toBe('150.15')
  expect(scrambled.units('10')).toBe('15')
  expect(scrambled.price('10')).toBe('10.00')
})

test('days as a statement writes them', () => {
  expect(english.day('2026-11-20')).toBe('20 Nov 2026')
  expect(english.dayLong('2026-09-18')).toBe('Fri 18 Sep 2026')
  expect(english.month(9)).toBe('Sep')
})

test('the axis counts in thousands and millions', () => {
  const words = { thousand: 'k', million: 'm', billion: 'bn' }
  expect(english.axis(1_250_000, words)).toBe('1.25\u202fm')
  expect(english.axis(950_000, words)).toBe('950\u202fk')
  expect(english.axis(100_000_000, words)).toBe('100\u202fm')
  expect(english.axis(0, words)).toBe('0')
})

test('direction reads text and numbers', () => {
  expect([direction('-0.01'), direction('0.00'), direction('3'), direction(-1), direction(0)]).toEqual([-1, 0, 1, -1, 0])
})
