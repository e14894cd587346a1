import type { GainOptions } from '@pe/finance/gains/lots-of.ts'
import { Decimal } from '@pe/finance/money/decimal.ts'
import type { FlowTiming } from '@pe/finance/returns/flow-timing.ts'
import { addDays, earlier, type PlainDate, plainDate } from '@pe/finance/time/plain-date.ts'
import type { Scope } from '@pe/finance/valuation/scope.ts'
import type { Expectation, Options } from '../peer-case.ts'
import { type ReadBook, unitOf } from './read-book.ts'
import { onlyKnown, optionValues, scopeKeys, UnknownShape } from './shapes.ts'

/** One expectation in the terms of finance: what is asked, of which part of the book, when and how. */
export interface Question {
  readonly read: ReadBook
  readonly scope: Scope
  readonly cashCurrency: string | undefined
  readonly lot: number | undefined
  readonly trade: number | undefined
  readonly from: PlainDate
  readonly to: PlainDate
  /** The day asked for; `to` where a period is. */
  readonly day: PlainDate
  readonly options: GainOptions
  readonly basis: 'purchase' | 'period'
  readonly timing: FlowTiming
  readonly currencyPart: 'onCost' | 'onValue'
  /** Units of the asked currency in one of its main currency: 100 when pence are asked for. */
  readonly perCurrency: Decimal
  /** The currency was asked for, not taken from the book. */
  readonly currencyIsGiven: boolean
}

export function questionOf(read: ReadBook, caseOptions: Options | undefined, expected: Expectation): Question {
  const options: Options = { ...caseOptions, ...expected.options }
  for (const [name, value] of Object.entries(options)) checkOption(name, value)
  const scope = expected.scope ?? {}
  onlyKnown(Object.keys(scope), scopeKeys, 'scope')
  const to = plainDate(expected.to ?? expected.date ?? missing('date'))
  const first = read.book.transactions[0]?.date ?? to
  const from = expected.from === undefined ? addDays(earlier(first, to), -1) : plainDate(expected.from)
  const unit = unitOf(options.currency ?? read.baseCurrency)
  const pick = <T extends string>(name: string, fallback: T): T => (options[name] ?? fallback) as T
  return {
    read,
    scope: {
      accounts: scope.account === undefined ? undefined : new Set([String(scope.account)]),
      instrumentId: scope.instrument === undefined ? undefined : String(scope.instrument),
    },
    cashCurrency: scope.currency === undefined ? undefined : String(scope.currency),
    lot: scope.lot === undefined ? undefined : Number(scope.lot),
    trade: scope.trade === undefined ? undefined : Number(scope.trade),
    from,
    to,
    day: plainDate(expected.date ?? expected.to ?? missing('date')),
    options: {
      currency: unit.currency,
      rounding: pick('rounding', 'none'),
      beforeFirst: pick('beforeFirst', 'unknown'),
      closingDay: options.conversion === 'closingDay' ? to : undefined,
      method: pick('costMethod', 'fifo'),
      fees: pick('fees', 'included'),
      taxes: pick('taxes', 'excluded'),
    },
    basis: pick('basis', 'purchase'),
    timing: pick('flowTiming', 'split'),
    currencyPart: pick('currencyPart', 'onCost'),
    perCurrency: unit.perCurrency,
    currencyIsGiven: options.currency !== undefined,
  }
}

/** What the options and the scope of a line need beyond the needs it states. */
export function impliedNeeds(caseOptions: Options | undefined, expected: Expectation): string[] {
  const options: Options = { ...caseOptions, ...expected.options }
  const needs: string[] = []
  if (expected.scope?.trade !== undefined) needs.push('trades-view')
  if (options.quantityEpsilon !== undefined && !Decimal.parse(options.quantityEpsilon).isZero()) needs.push('quantity-epsilon')
  return needs
}

function checkOption(name: string, value: string): void {
  const known = Object.hasOwn(optionValues, name) ? optionValues[name] : undefined
  if (known === undefined) throw new UnknownShape(`option ${JSON.stringify(name)} is not in the shapes`)
  if (known === 'currency') unitOf(value)
  else if (known === 'decimal' ? !Decimal.canParse(value) : !known.includes(value))
    throw new UnknownShape(`option ${name} cannot be ${JSON.stringify(value)}`)
}

function missing(name: string): never {
  throw new UnknownShape(`an expectation without ${name}`)
}
