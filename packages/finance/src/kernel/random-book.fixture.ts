import fc from 'fast-check'
import { inOrder } from '../ledger/order.ts'
import { type LedgerTransaction, type TransactionKind, transactionKinds } from '../ledger/transaction.ts'
import { type Currency, currency } from '../money/currency.ts'
import { Decimal } from '../money/decimal.ts'
import { dateOfDay } from '../time/plain-date.ts'
import type { DatedText } from './columns.ts'
import type { ValuationOptions, ValuationScope } from './daily-valuation.ts'

/** Facts as texts, so that both paths read them in their own way. */
export interface RandomBook {
  readonly transactions: readonly LedgerTransaction[]
  readonly closes: readonly { readonly id: string; readonly unit: string; readonly points: readonly DatedText[] }[]
  readonly rates: readonly { readonly base: string; readonly quote: string; readonly points: readonly DatedText[] }[]
  readonly scope: ValuationScope
  readonly currency: Currency
  readonly firstDay: number
  readonly lastDay: number
  readonly options: Required<Pick<ValuationOptions, 'rounding' | 'beforeFirst'>>
}

const base = 20_500
const span = 40
const accounts = ['giro', 'depot', 'broker']
const held = [currency('EUR'), currency('USD'), currency('GBP'), currency('JPY'), currency('KWD')]
/** Instruments and what they are quoted in; the last one has no closes at all. */
const instruments = [
  { id: 'fund', unit: 'EUR' },
  { id: 'share', unit: 'USD' },
  { id: 'pence', unit: 'GBX' },
  { id: 'yen', unit: 'JPY' },
  { id: 'orphan', unit: 'EUR' },
]

/** A decimal text with up to so many places; small numerators make ties of rounding likely. */
function decimalText(min: number, max: number, places: number): fc.Arbitrary<string> {
  return fc
    .tuple(fc.integer({ min, max }), fc.integer({ min: 0, max: places }))
    .map(([digits, scale]) => Decimal.fromScaled(digits, scale).toString())
}

function fixedText(min: number, max: number, places: number): fc.Arbitrary<string> {
  return fc.integer({ min, max }).map((digits) => Decimal.fromScaled(digits, places).toString())
}

const day = fc.integer({ min: base, max: base + span })
const units = fc.oneof(decimalText(1, 5000, 3), fixedText(1, 2_000_000_000, 8))
const close = fc.oneof(decimalText(1, 30_000, 3), fixedText(1, 900_000_000, 8), fc.constant('12.345678901234567890'))
const longRates = fc.constantFrom('1.25', '0.8', '15.1', '1.086366295814514', '1.0863662958145141234')
const rate = fc.oneof(fixedText(1000, 30_000, 4), fixedText(100_000, 3_000_000, 6), longRates)

function series(value: fc.Arbitrary<string>): fc.Arbitrary<DatedText[]> {
  return fc.uniqueArray(day, { minLength: 0, maxLength: 12 }).chain((days) =>
    fc.array(value, { minLength: days.length, maxLength: days.length }).map((values) => {
      const sorted = [...days].sort((a, b) => a - b)
      return sorted.map((at, i) => ({ day: at, value: values[i] as string }))
    }),
  )
}

const money = fc.oneof(decimalText(0, 500_000, 2), decimalText(0, 500_000, 4))
const charge = fc.oneof(fc.constant('0'), decimalText(0, 2_000, 2))
const needsUnits = new Set<TransactionKind>(['buy', 'sell', 'delivery-in', 'delivery-out', 'split', 'conversion'])

const rawEntry = fc
  .record({
    kind: fc.constantFrom(...transactionKinds),
    day,
    account: fc.constantFrom(...accounts),
    other: fc.constantFrom(...accounts),
    cash: fc.option(fc.constantFrom(...accounts), { nil: undefined, freq: 3 }),
    instrument: fc.constantFrom(...instruments.map(({ id }) => id)),
    aboutInstrument: fc.boolean(),
    quantity: units,
    sign: fc.constantFrom(1, 1, -1),
    into: fc.record({ instrumentId: fc.constantFrom(...instruments.map(({ id }) => id)), quantity: units, stays: fc.boolean() }),
    amount: money.filter((text) => text !== '0'),
    fee: charge,
    tax: charge,
    currency: fc.constantFrom(...held),
    cashCurrency: fc.option(fc.constantFrom(...held), { nil: undefined, freq: 3 }),
    received: fc.record({ amount: money, currency: fc.constantFrom(...held) }),
    rate: fc.option(fc.record({ from: fc.constantFrom(...held), to: fc.constantFrom(...held), value: rate }), { nil: undefined }),
  })
  .filter(({ cash, cashCurrency, rate: recorded }) => !(cash && cashCurrency && !recorded))

const entry: fc.Arbitrary<LedgerTransaction> = rawEntry.map((raw) =>
  raw.kind === 'split' || raw.kind === 'conversion' ? derivedEntry(raw) : recordedEntry(raw),
)

type Raw = typeof rawEntry extends fc.Arbitrary<infer T> ? T : never

function recordedEntry(raw: Raw): LedgerTransaction {
  const moves = raw.kind === 'transfer' || raw.kind === 'currency-exchange'
  const withUnits = needsUnits.has(raw.kind) || (raw.kind === 'transfer' && raw.aboutInstrument)
  const about = withUnits || (!moves && raw.aboutInstrument && raw.kind !== 'deposit' && raw.kind !== 'withdrawal')
  return {
    id: '',
    kind: raw.kind,
    date: dateOfDay(raw.day),
    accountId: raw.account,
    cashAccountId: moves && !withUnits ? undefined : raw.cash,
    toAccountId: moves ? raw.other : undefined,
    instrumentId: about ? raw.instrument : undefined,
    quantity: withUnits ? Decimal.parse(raw.quantity) : undefined,
    amount: Decimal.parse(raw.amount),
    currency: raw.currency,
    fee: Decimal.parse(raw.fee),
    tax: Decimal.parse(raw.tax),
    cashCurrency: moves ? undefined : raw.cashCurrency,
    received: moves && !withUnits ? { amount: Decimal.parse(raw.received.amount), currency: raw.received.currency } : undefined,
    // Trades across two accounts and two currencies always record their rate, as brokers do.
    rate: raw.rate && {
      from: raw.cash && raw.cashCurrency ? raw.currency : raw.rate.from,
      to: raw.cash && raw.cashCurrency ? raw.cashCurrency : raw.rate.to,
      value: Decimal.parse(raw.rate.value),
    },
  }
}

/** What a corporate action brings: units by a split, or units of another instrument in place of these or beside them. */
function derivedEntry(raw: Raw): LedgerTransaction {
  const signed = (text: string): Decimal => (raw.sign < 0 ? Decimal.parse(text).negated() : Decimal.parse(text))
  const converts = raw.kind === 'conversion'
  const { quantity, stays } = raw.into
  const instrumentId = raw.into.instrumentId === raw.instrument ? 'spun-off' : raw.into.instrumentId
  return {
    id: '',
    kind: raw.kind,
    date: dateOfDay(raw.day),
    accountId: raw.account,
    instrumentId: raw.instrument,
    quantity: converts && stays ? Decimal.zero : signed(raw.quantity),
    amount: converts ? Decimal.parse(raw.amount) : Decimal.zero,
    currency: raw.currency,
    fee: converts ? Decimal.parse(raw.fee) : Decimal.zero,
    tax: Decimal.zero,
    into: converts ? { instrumentId, quantity: signed(quantity), costShare: Decimal.parse('0.25') } : undefined,
  }
}

/** Books over forty days: sparse closes and rates, entries on both sides of every first one, any scope and any view. */
export const randomBook: fc.Arbitrary<RandomBook> = fc
  .record({
    entries: fc.array(entry, { minLength: 1, maxLength: 25 }),
    closes: fc.array(series(close), { minLength: 4, maxLength: 4 }),
    rates: fc.array(series(rate), { minLength: 4, maxLength: 4 }),
    inScope: fc.uniqueArray(fc.constantFrom(...accounts), { minLength: 1 }),
    instrumentId: fc.option(fc.constantFrom(...instruments.map(({ id }) => id)), { nil: undefined, freq: 3 }),
    currency: fc.constantFrom(...held),
    opening: fc.integer({ min: 0, max: span - 1 }),
    rounding: fc.constantFrom('minorUnit' as const, 'minorUnit' as const, 'none' as const),
    beforeFirst: fc.constantFrom('unknown' as const, 'first' as const, 'lastTrade' as const),
  })
  .map(({ entries, closes, rates, inScope, instrumentId, opening, rounding, beforeFirst, currency: view }) => ({
    // The kernel leaves an instrument's flows by conversions to the decimals (value-daily.test.ts says so).
    transactions: inOrder(entries.filter(({ kind }) => kind !== 'conversion' || instrumentId === undefined)).map((one, i) => ({
      ...one,
      id: `t${i}`,
    })),
    closes: closes.map((points, i) => ({ ...(instruments[i] as (typeof instruments)[number]), points })),
    rates: (
      [
        ['EUR', 'USD'],
        ['EUR', 'GBX'],
        ['USD', 'JPY'],
        ['KWD', 'USD'],
      ] as const
    ).map(([one, other], i) => ({
      base: one,
      quote: other,
      points: rates[i] as DatedText[],
    })),
    scope: { accountIds: new Set(inScope), instrumentId },
    currency: view,
    firstDay: base + opening,
    lastDay: base + span,
    options: { rounding, beforeFirst },
  }))
