import { tradesOf } from '@pe/finance/trades/collect-trades.ts'
import { rateOfTrade } from '@pe/finance/trades/rate-of-trade.ts'
import { profitOfTrade, returnOfTrade, type Trade } from '@pe/finance/trades/trade.ts'
import { money, optional, plain, statistic, text, unknownAnswer } from './answers.ts'
import type { Figure } from './figures.ts'
import type { Question } from './question.ts'
import { UnknownShape } from './shapes.ts'

/** Figures of one trade of the scope, counted from 0: the closed ones in order of closing, then the open ones. */
export const tradeFigures: Readonly<Record<string, Figure>> = {
  tradeSide: (q) => text(trade(q).side),
  tradeClosed: (q) => ({ value: trade(q).closing !== null }),
  tradeQuantity: (q) => plain(trade(q).units),
  tradeEntry: (q) => money(q, trade(q).entry),
  tradeExit: (q) => money(q, trade(q).exit),
  tradeProfit: (q) => money(q, profitOfTrade(trade(q))),
  tradeReturn: (q) => optional(returnOfTrade(trade(q))),
  tradeXirr: (q) => {
    const found = rateOfTrade(trade(q))
    return found.known ? statistic(found.value.rate, found.value.status) : unknownAnswer(found)
  },
}

function trade(q: Question): Trade {
  const found = tradesOf(q.read.book, q.scope, q.to, q.options)[q.trade ?? 0]
  if (!found) throw new UnknownShape(`no trade ${q.trade ?? 0}`)
  return found
}
