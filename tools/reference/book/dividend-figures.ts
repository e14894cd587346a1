import { dividendRhythm } from '@pe/finance/dividends/dividend-rhythm.ts'
import { dividendsOf } from '@pe/finance/dividends/dividends-of.ts'
import { dividendYieldOnCost } from '@pe/finance/dividends/yield-on-cost.ts'
import { optional, text, unknownAnswer } from './answers.ts'
import { type Figure, instrument } from './figures.ts'
import type { Question } from './question.ts'

/** What an instrument pays: how often, and on what it cost. */
export const dividendFigures: Readonly<Record<string, Figure>> = {
  dividendRhythm: (q) => {
    const payments = dividendsOf(q.read.book, ofInstrument(q), q.from, q.to, q.options)
    return payments.known ? text(dividendRhythm(payments.value)) : unknownAnswer(payments)
  },
  dividendYieldOnCost: (q) => optional(dividendYieldOnCost(q.read.book, ofInstrument(q), q.from, q.to, q.options)),
}

function ofInstrument(q: Question) {
  return { ...q.scope, instrumentId: instrument(q) }
}
