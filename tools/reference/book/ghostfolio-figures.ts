import {
  type GhostfolioScope,
  grossPercentage,
  netPercentage,
  netPercentageOfRange,
  recordedLiabilities,
  timeWeightedInvestment,
} from '@pe/finance/peers/ghostfolio-percentages.ts'
import { money, optional } from './answers.ts'
import type { Figure } from './figures.ts'
import type { Question } from './question.ts'
import { unitOf } from './read-book.ts'

/** The peer's own figures, under its name. */
export const ghostfolioFigures: Readonly<Record<string, Figure>> = {
  'ghostfolio:timeWeightedInvestment': (q) => money(q, timeWeightedInvestment(...asked(q))),
  'ghostfolio:grossPercentage': (q) => optional(grossPercentage(...asked(q))),
  'ghostfolio:netPercentage': (q) => optional(netPercentage(...asked(q))),
  'ghostfolio:netPercentageOfRange': (q) => optional(netPercentageOfRange(...asked(q))),
  'ghostfolio:liabilities': (q) => money(q, recordedLiabilities(q.read.book, q.read.debtAccounts, q.to, q.options)),
}

function asked(q: Question) {
  const scope: GhostfolioScope = { ...q.scope, cashCurrency: q.cashCurrency === undefined ? undefined : unitOf(q.cashCurrency).currency }
  return [q.read.book, scope, q.from, q.to, q.options] as const
}
