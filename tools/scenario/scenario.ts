import { type CostMethod, costMethods } from '@pe/finance/lots/cost-method.ts'
import { type Currency, quoteUnit } from '@pe/finance/money/currency.ts'
import { parse } from 'yaml'
import type { Entry } from './entry.ts'
import { matched } from './matched.ts'
import { readEntry } from './read-entry.ts'
import { type Expectation, readExpectation } from './read-expectation.ts'

export interface Scenario {
  readonly title: string
  /** Finance alone cannot keep it: closed periods, statements and drafts are core's. */
  readonly needsCore: boolean
  readonly baseCurrency: string
  readonly costMethod: CostMethod
  readonly accounts: Readonly<Record<string, string>>
  /** Name to what it is quoted in: a currency, or a hundredth of one (GBX). */
  readonly instruments: Readonly<Record<string, string>>
  readonly closes: readonly { readonly instrument: string; readonly close: string; readonly date: string }[]
  readonly rates: readonly { readonly base: string; readonly quote: string; readonly rate: string; readonly date: string }[]
  readonly entries: readonly Entry[]
  readonly expectations: readonly Expectation[]
}

/** Reads a scenario (scenarios/README.md); a line it does not understand throws with the line. */
export function readScenario(yaml: string): Scenario {
  const file = parse(yaml, { schema: 'failsafe' }) as Record<string, unknown>
  const accounts = file.accounts as Record<string, string>
  const first = Object.keys(accounts)[0] ?? ''
  const named = text(file, 'cost method')
  const costMethod = costMethods.find((method) => method === named)
  if (!costMethod) throw new Error(`cost method ${named}?`)
  return {
    title: text(file, 'title'),
    needsCore: file.needs === 'core',
    baseCurrency: text(file, 'base currency'),
    costMethod,
    accounts,
    instruments: (file.instruments ?? {}) as Record<string, string>,
    closes: lines(file, 'closes').map((line) => {
      const [, instrument = '', close = '', date = ''] = matched(/^(\S+) (\S+) on (\S+)$/, line)
      return { instrument, close, date }
    }),
    rates: lines(file, 'rates').map((line) => {
      const [, base = '', rate = '', quote = '', date = ''] = matched(/^1 ([A-Z]{3}) = (\S+) ([A-Z]{3}) on (\S+)$/, line)
      return { base, quote, rate, date }
    }),
    entries: [...lines(file, 'given'), ...lines(file, 'when')].map((line) => readEntry(line, first, accounts)),
    expectations: lines(file, 'then').map(readExpectation),
  }
}

/** GBP for GBX; a code that is neither a currency nor a hundredth of one throws. */
export function currencyQuotedIn(code: string): Currency {
  const unit = quoteUnit(code)
  if (!unit) throw new Error(`what is ${code}?`)
  return unit.currency
}

function text(file: Record<string, unknown>, key: string): string {
  const value = file[key]
  if (typeof value !== 'string') throw new Error(`the scenario has no "${key}"`)
  return value
}

function lines(file: Record<string, unknown>, key: string): string[] {
  return (file[key] ?? []) as string[]
}
