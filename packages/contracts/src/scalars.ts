import type { PlainDate as Day } from '@pe/finance/time/plain-date.ts'
import { type Static, Type } from 'typebox'

/** The wire's scalars. Money, units, prices and rates travel as decimal strings; statistics as numbers. */
export const DecimalText = Type.String({ pattern: '^-?\\d{1,40}(\\.\\d{1,40})?$', description: 'An exact decimal number, as text' })
export const CurrencyCode = Type.String({ pattern: '^[A-Z]{3}$', description: 'ISO 4217 code' })
/** 'EUR', or a hundredth that prices are quoted in: GBX, ILA, ZAC. */
export const QuoteCode = Type.String({ pattern: '^[A-Z]{3}$', description: 'ISO 4217 code, or GBX, ILA, ZAC' })
export const PlainDate = Type.Unsafe<Day>(Type.String({ format: 'date', description: 'Calendar day, YYYY-MM-DD' }))
export const TimeOfDay = Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d$', description: 'hh:mm:ss' })
export const Instant = Type.String({ format: 'date-time', description: 'Moment in UTC' })
/** Beside `asOf`, which says up to which day: what had been recorded, and not yet voided, by then. All that is known when absent. */
export const KnownAt = Type.String({ format: 'date-time', description: 'The book as it was known at this moment (UTC)' })
export const Id = Type.String({ format: 'uuid' })
/** Not only spaces: they are cut off at both ends. */
export const Name = Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' })
export const Note = Type.String({ maxLength: 2000 })
export const Cursor = Type.String({ maxLength: 500, description: 'Opaque: the `next` of the page before' })
/** Rows of one page; 100 when absent. */
export const Limit = Type.Integer({ minimum: 1, maximum: 1000 })

/**
 * What a sentence names, so that a client can say it in the person's language: days as YYYY-MM-DD, units, amounts and counts as decimal text,
 * names as they are. Where one code has several sentences, `case` says which.
 */
export const Facts = Type.Record(Type.String(), Type.String(), { description: 'What `detail` names, by name, as text' })
export type Facts = Static<typeof Facts>

export const Money = Type.Object({ amount: DecimalText, currency: CurrencyCode }, { title: 'Money', additionalProperties: false })
export type Money = Static<typeof Money>

/** Why a figure is unknown or undefined; the catalogue of words for people is in i18n under `reason.*`. */
export const Reason = Type.Union(
  [
    Type.Literal('missing-close'),
    Type.Literal('missing-rate'),
    Type.Literal('no-value-at-start'),
    Type.Literal('negative-value'),
    Type.Literal('no-sign-change'),
    Type.Literal('no-root'),
    Type.Literal('zero-span'),
    Type.Literal('all-zero'),
    Type.Literal('too-few-observations'),
    Type.Literal('under-one-year'),
    Type.Literal('nothing-held'),
  ],
  { title: 'Reason' },
)
export type Reason = Static<typeof Reason>

/** Money that may be unknown: `amount` null then carries its reason. `staleSince` is the oldest close or rate it rests on, when over 5 days old. */
export const MoneyFigure = Type.Object(
  {
    amount: Type.Union([DecimalText, Type.Null()]),
    currency: CurrencyCode,
    reason: Type.Optional(Reason),
    /** What is missing, in words: 'no USD rate on or before 2014-03-01'. */
    detail: Type.Optional(Type.String()),
    facts: Type.Optional(Facts),
    staleSince: Type.Optional(PlainDate),
  },
  { title: 'MoneyFigure', additionalProperties: false },
)
export type MoneyFigure = Static<typeof MoneyFigure>

/** A return, volatility or weight as a fraction (0.05 = 5 %), or unknown with its reason. */
export const RatioFigure = Type.Object(
  {
    value: Type.Union([Type.Number(), Type.Null()]),
    reason: Type.Optional(Reason),
    detail: Type.Optional(Type.String()),
    facts: Type.Optional(Facts),
    staleSince: Type.Optional(PlainDate),
  },
  { title: 'RatioFigure', additionalProperties: false },
)
export type RatioFigure = Static<typeof RatioFigure>

export const Warning = Type.Object(
  { code: Type.String(), facts: Facts, detail: Type.String() },
  { title: 'Warning', additionalProperties: false },
)

/** The way a figure was reached, as a tree that can be recomputed (finance/explain/trail.ts). Null unless `explain=true`. */
export const Trail = Type.Unsafe<unknown>({
  title: 'Trail',
  description: 'A tree: {figure, value, unit?, op, inputs[], parameters?, source?}',
})
