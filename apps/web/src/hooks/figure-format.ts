import { Decimal } from '@pe/finance/money/decimal.ts'

/** Signs of our typography (look/README "Figures"). */
const minus = '\u2212'
const thousands = '\u00a0'
const beforeUnit = '\u202f'

export const unknownSign = '\u2014'
export const hiddenAmount = '•••••'

export type Privacy = 'shown' | 'masked' | 'scrambled'

export interface FormatSettings {
  /** BCP 47: decides the names of months and how days are written. */
  readonly locale: string
  /** Whose decimal sign numbers have; that of `locale` when absent. */
  readonly numberLocale?: string
  readonly privacy: Privacy
  /** What amounts and units are multiplied by while they are scrambled: sums and per cent stay true to each other. */
  readonly scrambleFactor: string
}

export interface AmountOptions {
  /** A change shows its sign, a level does not. */
  readonly signed?: boolean | undefined
  /** Digits after the decimal sign; 2 when absent. */
  readonly places?: number | undefined
}

export interface RatioOptions {
  readonly signed?: boolean | undefined
  readonly places?: number | undefined
  /** With the unit, as outside of a column that names it in its head. */
  readonly unit?: boolean | undefined
}

export interface FigureFormat {
  /** Of words and days. */
  readonly locale: string
  /** Of the decimal sign, as numbers are written and read. */
  readonly numberLocale: string
  readonly privacy: Privacy
  /** Money, from an exact decimal text; dots when amounts are masked. */
  money(amount: string, options?: AmountOptions): string
  /** Units held: as many places as there are, at most 6. */
  units(quantity: string): string
  /** A price as quoted: at least 2 places, at most 6. Public knowledge: never hidden. */
  price(price: string): string
  /** A fraction as per cent: 0.0686 is "6.86 %". */
  percent(fraction: number, options?: RatioOptions): string
  /** A count. */
  count(number: number): string
  /** "1.2 m" for an axis: short enough for its gutter. */
  axis(amount: number, words: { thousand: string; million: string; billion: string }): string
  /** "20 Nov 2026". */
  day(date: string): string
  /** "20 Nov". */
  dayShort(date: string): string
  /** "Fri 20 Nov 2026". */
  dayLong(date: string): string
  /** "Nov". `month` counts from 1. */
  month(month: number): string
  /** "a, b and c" around elements. */
  list(parts: readonly string[]): string
}

const formats = new Map<string, Intl.NumberFormat>()

function numberFormat(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale}${JSON.stringify(options)}`
  const known = formats.get(key)
  if (known) return known
  const format = new Intl.NumberFormat(locale, options)
  formats.set(key, format)
  return format
}

/** An exact decimal text with the locale's decimal sign; nothing passes through a float. */
function written(locale: string, text: string | number, options: Intl.NumberFormatOptions): string {
  const parts = numberFormat(locale, { useGrouping: true, ...options }).formatToParts(text as number)
  return parts
    .map(({ type, value }) => {
      if (type === 'group') return thousands
      if (type === 'minusSign') return minus
      if (type === 'literal' || type === 'percentSign') return ''
      return value
    })
    .join('')
}

function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): (date: string) => string {
  const format = new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' })
  return (date) =>
    format
      .format(new Date(`${date}T00:00:00Z`))
      .replace(',', '')
      .replace('Sept', 'Sep')
}

/** All figures on all screens are written here. */
export function figureFormat(settings: FormatSettings): FigureFormat {
  const { locale, privacy, numberLocale = locale } = settings
  const factor = Decimal.parse(settings.scrambleFactor)
  const scrambled = (text: string) => (privacy === 'scrambled' ? Decimal.parse(text).times(factor).toString() : text)
  const day = dateFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' })
  const dayShort = dateFormat(locale, { day: 'numeric', month: 'short' })
  const dayLong = dateFormat(locale, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' })
  const month = new Intl.DateTimeFormat(locale, { month: 'short', timeZone: 'UTC' })
  const list = new Intl.ListFormat(locale, { type: 'conjunction' })
  return {
    locale,
    numberLocale,
    privacy,
    money(amount, { signed = false, places = 2 } = {}) {
      if (privacy === 'masked') return `${signed ? signOf(amount) : ''}${hiddenAmount}`
      return written(numberLocale, Decimal.parse(scrambled(amount)).toFixed(places), {
        minimumFractionDigits: places,
        maximumFractionDigits: places,
        signDisplay: signed ? 'exceptZero' : 'negative',
      })
    },
    units(quantity) {
      if (privacy === 'masked') return hiddenAmount
      return written(numberLocale, scrambled(quantity), { maximumFractionDigits: 6, signDisplay: 'negative' })
    },
    price: (price) => written(numberLocale, price, { minimumFractionDigits: 2, maximumFractionDigits: 6, signDisplay: 'negative' }),
    percent(fraction, { signed = false, places = 2, unit = true } = {}) {
      const text = written(numberLocale, fraction, {
        style: 'percent',
        minimumFractionDigits: places,
        maximumFractionDigits: places,
        signDisplay: signed ? 'exceptZero' : 'negative',
      })
      return unit ? `${text}${beforeUnit}%` : text
    },
    count: (number) => written(numberLocale, number, { maximumFractionDigits: 0 }),
    axis(amount, words) {
      if (privacy === 'masked') return ''
      const shown = privacy === 'scrambled' ? amount * factor.toNumber() : amount
      const steps: readonly [number, string][] = [
        [1e9, words.billion],
        [1e6, words.million],
        [1e3, words.thousand],
      ]
      for (const [size, word] of steps)
        if (Math.abs(shown) >= size) return `${written(numberLocale, shown / size, { maximumFractionDigits: 2 })}${beforeUnit}${word}`
      return written(numberLocale, shown, { maximumFractionDigits: 2 })
    },
    day,
    dayShort,
    dayLong,
    month: (number) => month.format(new Date(Date.UTC(2000, number - 1, 1))).replace('Sept', 'Sep'),
    list: (parts) => list.format(parts),
  }
}

function signOf(amount: string): string {
  const value = Decimal.parse(amount)
  return value.isZero() ? '' : value.isNegative() ? minus : '+'
}

/** 1 for a gain, −1 for a loss, 0 for neither. */
export function direction(amount: string | number): -1 | 0 | 1 {
  if (typeof amount === 'number') return amount > 0 ? 1 : amount < 0 ? -1 : 0
  const value = Decimal.parse(amount)
  return value.isZero() ? 0 : value.isNegative() ? -1 : 1
}
