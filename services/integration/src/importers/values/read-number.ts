export type DecimalSign = '.' | ','

const plain = /^-?\d+(\.\d+)?$/
const shapes: Record<DecimalSign, RegExp> = {
  '.': /^([-+]?)(\d{1,3}(?:,\d{3})+|\d*)(?:\.(\d*))?(?:[eE]([-+]?\d{1,3}))?$/,
  ',': /^([-+]?)(\d{1,3}(?:\.\d{3})+|\d*)(?:,(\d*))?(?:[eE]([-+]?\d{1,3}))?$/,
}
const spaces = /[\s\u00a0\u2007\u2009\u202f'’`_]/g
const currencyBefore = /^([-+(]?)(?:[A-Za-z]{3}|[$€£¥₹₿])/
const currencyAfter = /(?:[A-Za-z]{3}|[$€£¥₹₿])$/
const pointed = /^-?(\d+)\.(\d+)$/

/**
 * A number as files write it ('$8,637.50', '(12.30)', "1'234.50", '4.312,50', 'USD 325.37', '1.5e-7', '−3'), as canonical decimal text;
 * null when it is none. The decimal sign is that of the whole file: a cell alone cannot tell 1.234 from 1,234 (import-formats.md e.0.2).
 */
export function readNumber(cell: string, sign: DecimalSign): string | null {
  if (sign === '.' && plain.test(cell)) return tidy(cell)
  let text = cell.replace(spaces, '').replace(/[−‒–﹣－]/g, '-')
  let negative = false
  const wrapped = /^\((.+)\)$/.exec(text)
  if (wrapped?.[1]) {
    text = wrapped[1]
    negative = true
  }
  text = withoutCurrency(text)
  if (/^[^-]+-$/.test(text)) text = `-${text.slice(0, -1)}`
  const parts = shapes[sign].exec(text)
  if (!parts) return null
  const integer = (parts[2] ?? '').replace(/[.,]/g, '')
  const fraction = parts[3] ?? ''
  if (!integer && !fraction) return null
  const digits = shifted(integer, fraction, Number(parts[4] ?? 0))
  return tidy(negative !== (parts[1] === '-') ? `-${digits}` : digits)
}

/** Which sign a cell proves to be the decimal sign; null when it proves nothing ('12', '1.234'). */
export function decimalEvidence(cell: string): DecimalSign | null {
  const common = pointed.exec(cell)
  if (common) return common[2]?.length === 3 && /^[1-9]\d{0,2}$/.test(common[1] ?? '') ? null : '.'
  const text = withoutCurrency(cell.replace(spaces, '').replace(/[()\-+−]/g, ''))
  if (!/^[\d.,]+$/.test(text)) return null
  const [dots, commas] = [text.split('.').length - 1, text.split(',').length - 1]
  if (dots > 0 && commas > 0) {
    const sign = text.lastIndexOf('.') > text.lastIndexOf(',') ? '.' : ','
    return (sign === '.' ? dots : commas) === 1 ? sign : null
  }
  if (dots + commas === 0) return null
  const sign = dots > 0 ? '.' : ','
  if (dots + commas > 1) return sign === '.' ? ',' : '.'
  const [integer = '', fraction = ''] = text.split(sign)
  return fraction.length === 3 && /^[1-9]\d{0,2}$/.test(integer) ? null : sign
}

/** True when a cell could be read with either sign and would mean two different numbers: '1.234'. */
export function isAmbiguousNumber(cell: string): boolean {
  return decimalEvidence(cell) === null && /\d[.,]\d{3}$/.test(cell.trim())
}

function withoutCurrency(text: string): string {
  return text.replace(currencyBefore, '$1').replace(currencyAfter, '')
}

function shifted(integer: string, fraction: string, exponent: number): string {
  if (exponent === 0) return `${integer || '0'}${fraction ? `.${fraction}` : ''}`
  const digits = integer + fraction
  const point = integer.length + exponent
  if (point <= 0) return `0.${'0'.repeat(-point)}${digits}`
  return point >= digits.length ? digits + '0'.repeat(point - digits.length) : `${digits.slice(0, point)}.${digits.slice(point)}`
}

function tidy(text: string): string {
  const negative = text.startsWith('-')
  const [integer = '', fraction = ''] = (negative ? text.slice(1) : text).split('.')
  const whole = integer.replace(/^0+(?=\d)/, '') || '0'
  const rest = fraction.replace(/0+$/, '')
  const number = rest ? `${whole}.${rest}` : whole
  return negative && number !== '0' ? `-${number}` : number
}

/** A JavaScript number as decimal text, without an exponent. */
export function numberText(value: number): string | null {
  return Number.isFinite(value) ? readNumber(String(value), '.') : null
}

/** Without its sign: where the type of a row gives the direction. */
export function unsigned(text: string): string {
  return text.startsWith('-') ? text.slice(1) : text
}
