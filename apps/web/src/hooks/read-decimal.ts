/**
 * A number as a person types it, as an exact decimal text: '1.234,56' and '1,234.56' both, with spaces or apostrophes between thousands.
 * A single sign that could be either ('1.234') is the locale's. Null when it is no number.
 */
export function readDecimal(typed: string, locale: string): string | null {
  const text = typed.replace(/[\s\u00a0\u202f'’]/g, '').replace(/\u2212/g, '-')
  if (!/^-?[\d.,]*\d[\d.,]*$/.test(text)) return null
  const sign = decimalSign(text, locale)
  const [whole = '', ...rest] = sign === null ? [text] : text.split(sign)
  if (rest.length > 1) return null
  const digits = whole.replace(/[.,]/g, '')
  const fraction = rest[0] ?? ''
  if (!/^-?\d*$/.test(digits) || !/^\d*$/.test(fraction)) return null
  return `${digits === '' || digits === '-' ? `${digits}0` : digits}${fraction === '' ? '' : `.${fraction}`}`
}

/** Which of the signs in a number divides whole from fraction; null when all of them divide thousands. */
function decimalSign(text: string, locale: string): string | null {
  const [point, comma] = [text.lastIndexOf('.'), text.lastIndexOf(',')]
  if (point === -1 && comma === -1) return null
  if (point !== -1 && comma !== -1) return point > comma ? '.' : ','
  const sign = point === -1 ? ',' : '.'
  if (text.split(sign).length > 2) return null
  const grouped = /^-?[1-9]\d{0,2}[.,]\d{3}$/.test(text)
  return !grouped || sign === localSign(locale) ? sign : null
}

function localSign(locale: string): string {
  return new Intl.NumberFormat(locale).formatToParts(1.5).find(({ type }) => type === 'decimal')?.value ?? '.'
}
