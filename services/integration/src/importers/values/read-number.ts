export type DecimalSign = '.' | ','

const shapes: Record<DecimalSign, RegExp> = {
  '.': /^([-+]?)(\d{1,3}(?:,\d{3})+|\d*)(?:\.(\d*))?(?:[eE]([-+]?\d{1,3}))?$/,
  ',': /^([-+]?)(\d{1,3}(?:\.\d{3})+|\d*)(?:,(\d*))?(?:[eE]([-+]?\d{1,3}))?$/,
}
const spaces = /[\s\u00a0\u2007\u2009\u202f'’`_]/g
const currencyBefore = /^([-+(]?)(?:[A-Za-z]{3}|[$€£¥₹₿])/
const [minus, dot, zero, nine] = [0x2d, 0x2e, 0x30, 0x39]
const currencyAfter = /(?:[A-Za-z]{3}|[$€£¥₹₿])$/

/**
 * A number as files write it ('$8,637.50', '(12.30)', "1'234.50", '4.312,50', 'USD 325.37', '1.5e-7', '−3'), as canonical decimal text;
 * null when it is none. The decimal sign is that of the whole file: a cell alone cannot tell 1.234 from 1,234 (import-formats.md e.0.2).
 */
export function readNumber(cell: string, sign: DecimalSign): string | null {
  const point = sign === '.' ? pointOf(cell) : -1
  if (point !== -1) return tidyPlain(cell, point)
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
  const point = pointOf(cell)
  if (point === cell.length) return null
  if (point !== -1) return cell.length - point === 4 && /^-?[1-9]\d{0,2}\./.test(cell) ? null : '.'
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
  return /\d[.,]\d{3}$/.test(cell.trim()) && decimalEvidence(cell) === null
}

/** Where the point stands in a number written plainly ('-12.50': 3), its length where there is none ('12': 2), −1 for anything else. */
function pointOf(text: string): number {
  const start = text.charCodeAt(0) === minus ? 1 : 0
  let point = -1
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code >= zero && code <= nine) continue
    if (code !== dot || point !== -1 || at === start) return -1
    point = at
  }
  if (text.length === start || point === text.length - 1) return -1
  return point === -1 ? text.length : point
}

/** What `tidy` answers, without taking apart the many numbers that are tidy already. */
function tidyPlain(text: string, point: number): string {
  let end = text.length
  if (point < end) while (text.charCodeAt(end - 1) === zero) end--
  if (end === point + 1) end = point
  const first = text.charCodeAt(0) === minus ? 1 : 0
  if (text.charCodeAt(first) === zero && (point - first > 1 || end === point)) return tidy(text)
  return end === text.length ? text : text.slice(0, end)
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
