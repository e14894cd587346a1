import { matched } from './matched.ts'

/** A figure of the statement or a return, over (from, to]. */
export const periodFigures = [
  'flows',
  'realised gain',
  'unrealised gain',
  'short-term gain',
  'long-term gain',
  'income',
  'fees',
  'taxes',
  'currency gain',
  'TWR',
  'XIRR',
  'max drawdown',
] as const
export type PeriodFigure = (typeof periodFigures)[number]

export type Expectation = {
  readonly line: string
  /** The name of an earlier knowledge of the book, instead of what is known now. */
  readonly knownTo?: string
} & (
  | { readonly figure: 'holds'; readonly instrument: string; readonly units: string; readonly date: string }
  | { readonly figure: 'cash'; readonly amount: string; readonly currency: string; readonly date: string }
  | { readonly figure: 'cost'; readonly instrument: string; readonly amount: string; readonly currency: string; readonly date: string }
  | {
      readonly figure: 'value'
      readonly amount: string | null
      readonly reason?: string
      readonly currency?: string
      readonly date: string
      /** It rests on a close or a rate that is more than five days old, and says so. */
      readonly stale: boolean
    }
  | { readonly figure: 'lots'; readonly instrument: string; readonly date: string; readonly lots: readonly string[] }
  | { readonly figure: 'drafts'; readonly instrument: string; readonly drafts: readonly string[] }
  /** What the book has more than the statement of that day. */
  | { readonly figure: 'difference'; readonly currency: string; readonly date: string; readonly amount: string }
  | { readonly figure: PeriodFigure; readonly value: string; readonly currency?: string; readonly from: string; readonly to: string }
)

/** One line of `then`. */
export function readExpectation(line: string): Expectation {
  const [said = '', knownTo] = line.split(', as known to the ')
  return { ...readFigure(said), line, ...(knownTo ? { knownTo } : {}) }
}

function readFigure(line: string): Expectation {
  const word = line.split(' ')[0]
  if (word === 'holds') {
    const [, units = '', instrument = '', date = ''] = matched(/^holds (\S+) (\S+) on (\S+)$/, line)
    return { line, figure: 'holds', units, instrument, date }
  }
  if (word === 'lots') {
    const [, instrument = '', date = '', lots = ''] = matched(/^lots of (\S+) on (\S+) are (.+)$/, line)
    return { line, figure: 'lots', instrument, date, lots: lots.split(',').map((lot) => lot.trim()) }
  }
  if (word === 'drafts') {
    const [, instrument = '', drafts = ''] = matched(/^drafts of (\S+) are (.+)$/, line)
    return { line, figure: 'drafts', instrument, drafts: drafts === 'none' ? [] : drafts.split(',').map((draft) => draft.trim()) }
  }
  if (word === 'difference') {
    const [, amount = '', currency = '', date = ''] = matched(/^difference (\S+) ([A-Z]{3}) on (\S+)$/, line)
    return { line, figure: 'difference', amount, currency, date }
  }
  if (word === 'cost') {
    const [, instrument = '', amount = '', currency = '', date = ''] = matched(/^cost of (\S+) (\S+) ([A-Z]{3}) on (\S+)$/, line)
    return { line, figure: 'cost', instrument, amount, currency, date }
  }
  if (word === 'cash') {
    const [, amount = '', currency = '', date = ''] = matched(/^cash (\S+) ([A-Z]{3}) on (\S+)$/, line)
    return { line, figure: 'cash', amount, currency, date }
  }
  if (word === 'value') {
    const unknown = /^value unknown \((\S+)\) on (\S+)$/.exec(line)
    if (unknown) return { line, figure: 'value', amount: null, reason: unknown[1] ?? '', date: unknown[2] ?? '', stale: false }
    const [, amount = '', currency = '', date = '', stale] = matched(/^value (\S+) ([A-Z]{3}) on ([^,\s]+)(, stale)?$/, line)
    return { line, figure: 'value', amount, currency, date, stale: stale !== undefined }
  }
  const [, figure = '', value = '', currency, from = '', to = ''] = matched(
    new RegExp(`^(${periodFigures.join('|')}) (unknown \\(\\S+\\)|\\S+)(?: ([A-Z]{3}))? over (\\S+) to (\\S+)$`),
    line,
  )
  return { line, figure: figure as PeriodFigure, value, from, to, ...(currency ? { currency } : {}) }
}
