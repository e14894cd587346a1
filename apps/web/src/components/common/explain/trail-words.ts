import type { Trail } from '@pe/finance/explain/trail.ts'
import type { TFunction } from 'i18next'
import type { FigureFormat } from '../../../hooks/figure-format.ts'

/** Figures that are fractions: shown as per cent. */
const ratio = /^(twr|xirr|.*[rR]eturn|.*[rR]atio|.*[rR]oot|weight|volatility.*|maxDrawdown|drawdown|annualised)$/

/** Points of a curve of growth. */
const growth = /^drawdown\.(peak|trough)$/

/** The node's name in words; a path such as 'position.marketValue' is named by its last part. */
export function nameOf(node: Trail, t: TFunction): string {
  const last = node.figure.split('.').at(-1) ?? node.figure
  const camel = last.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())
  return t(`explain.figure.${camel}`, { defaultValue: spaced(last) })
}

function spaced(name: string): string {
  const words = name
    .replace(/[-_]/g, ' ')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** What the node is about, where that is an instrument or an account: among many values each is found by its name. */
export function subjectOf({ source }: Trail): string | null {
  if (source?.kind !== 'instrument' && source?.kind !== 'account') return null
  const name = source.instrument ?? source.account
  return name && source.detail ? `${name}, ${source.detail}` : (name ?? null)
}

/** "Buy, World fund, Giro, 7 Jan 2025": where a value is from, in the words of this person. */
export function sourceWords({ source }: Trail, t: TFunction, format: FigureFormat): string {
  if (!source || source.kind === 'instrument' || source.kind === 'account' || source.kind === 'trail') return ''
  const { kind, id, date, detail, instrument, account, transaction } = source
  const what = kind === 'day' ? null : transaction ? t(`kind.${transaction}`) : t(`explain.source.${kind}`)
  const words = [what, instrument, account, kind === 'rate' ? id : detail, date ? format.day(date) : null]
  return words.filter(Boolean).join(', ')
}

/** The node's value as this person reads figures. */
export function writtenValue(node: Trail, format: FigureFormat): string | null {
  const { value, unit } = node
  if (value === null) return null
  if (typeof value === 'boolean') return String(value)
  const last = node.figure.split('.').at(-1) ?? ''
  if (typeof value === 'number') {
    // A curve of growth begins at 100; a fall is told as a positive share and shown as what it is.
    if (growth.test(node.figure)) return format.price((value * 100).toFixed(4))
    if (last === 'maxDrawdown') return format.percent(value === 0 ? 0 : -value, { places: 4 })
    if (unit === undefined && (ratio.test(last) || !Number.isInteger(value)))
      return format.percent(value, { places: 4, signed: /return|twr|xirr/i.test(last) })
    return format.count(value)
  }
  if (unit === 'units' || /units|quantity/i.test(last)) return format.units(value)
  if (/close|price|rate/i.test(last)) return format.price(value)
  if (unit && /^[A-Z]{3}$/.test(unit))
    return `${format.money(value, { places: Math.min(6, Math.max(2, (value.split('.')[1] ?? '').length)) })} ${unit}`
  return format.price(value)
}

export function isTrail(thing: unknown): thing is Trail {
  return typeof thing === 'object' && thing !== null && 'op' in thing && 'inputs' in thing
}

const signs: Partial<Record<Trail['op'], string>> = { sum: ' + ', difference: ' \u2212 ', product: ' × ', quotient: ' ÷ ' }

/** "Units × Close" where there are few parts; else the operation in words. */
export function formulaOf(node: Trail, t: TFunction): string {
  const sign = signs[node.op]
  const names = node.inputs.map((input) => nameOf(input, t))
  if (sign && names.length > 1 && names.length <= 6 && new Set(names).size === names.length)
    return `${nameOf(node, t)} = ${names.join(sign)}`
  return t(`explain.op.${node.op}`)
}

/** True when one text only adds a unit to the other, or the sign of a gain. */
export function sameFigure(exact: string, shown: string): boolean {
  const unsigned = shown.replace(/^\+/, '')
  return exact === unsigned || exact.startsWith(`${unsigned} `) || unsigned.startsWith(`${exact} `)
}
