/** Decimal places of the scaled integers in a file (ClientFactory's upgrade chain, import-formats.md e.2). */
export interface Scales {
  readonly amount: number
  readonly shares: number
  readonly quote: number
}

/** Versions of the file format that are read. */
export const knownVersions = { from: 23, to: 70 } as const

export function scalesOf(version: number): Scales {
  return {
    amount: 2,
    shares: version <= 25 ? 5 : version <= 48 ? 6 : 8,
    quote: version <= 29 ? 2 : version <= 48 ? 4 : 8,
  }
}

/** The decimal that a scaled integer stands for, as canonical text: '4966' at scale 2 is '49.66'. Null when it is no integer. */
export function unscaled(digits: string, scale: number): string | null {
  if (!/^-?\d+$/.test(digits)) return null
  const negative = digits.startsWith('-')
  const whole = (negative ? digits.slice(1) : digits).padStart(scale + 1, '0')
  const integer = whole.slice(0, whole.length - scale).replace(/^0+(?=\d)/, '')
  const fraction = whole.slice(whole.length - scale).replace(/0+$/, '')
  const text = fraction ? `${integer}.${fraction}` : integer
  return negative && text !== '0' ? `-${text}` : text
}
