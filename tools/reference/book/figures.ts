import { incomeAndCharges } from '@pe/finance/gains/income-and-charges.ts'
import {
  costOf,
  type LotsOfScope,
  lotsOverPeriod,
  lotsSincePurchase,
  realisedCurrencyGain,
  realisedGain,
  unrealisedCurrencyGain,
  unrealisedGain,
} from '@pe/finance/gains/lots-of.ts'
import { capitalGain, change, profit, profitRatio } from '@pe/finance/gains/profit.ts'
import { cashCurrencyGain } from '@pe/finance/gains/statement.ts'
import { byAcquisition, type Lot, priceOf } from '@pe/finance/lots/lot.ts'
import { Decimal } from '@pe/finance/money/decimal.ts'
import { Money } from '@pe/finance/money/money.ts'
import { Quantity } from '@pe/finance/money/quantity.ts'
import { bothKnown, certain, type Known, whenKnown } from '@pe/finance/prices/known.ts'
import { minusKnown, sumKnown } from '@pe/finance/prices/known-sum.ts'
import { addDays, type PlainDate } from '@pe/finance/time/plain-date.ts'
import { flowsOf, totalOf } from '@pe/finance/valuation/flows.ts'
import { type ScopeValue, valueOn } from '@pe/finance/valuation/value.ts'
import type { Answer } from '../peer-case.ts'
import { counted, money, plain, ratio, statistic, text, unknownAnswer } from './answers.ts'
import type { Question } from './question.ts'
import { unitOf } from './read-book.ts'
import { UnknownShape } from './shapes.ts'

export type Figure = (question: Question) => Answer

/** Figures of the ledger, its lots, values and gains; returns, trades, dividends and a peer's own figures stand beside this file. */
export const bookFigures: Readonly<Record<string, Figure>> = {
  quantity: (q) => plain(units(q)),
  positionCount: (q) => counted(worth(q).positions.filter((position) => !position.units.isZero()).length),
  positionCurrency: (q) => text(q.read.currencyTextOf(instrument(q))),
  price: (q) => money(q, price(q, q.to)),
  marketValue: (q) => money(q, worth(q).marketValue),
  value: (q) => money(q, worth(q).value),
  cash: (q) => money(q, cash(q)),
  debt: (q) => money(q, debt(q, q.to)),
  debtReduction: (q) => money(q, minusKnown(debt(q, q.from), debt(q, q.to))),
  netContribution: (q) => money(q, totalOf(flowsOf(q.read.book, q.scope, null, q.to, q.options))),
  cost: (q) => money(q, costOf(lots(q))),
  costChange: (q) => money(q, minusKnown(costOf(lots(q)), costOf(lotsSincePurchase(q.read.book, q.scope, q.from, q.options)))),
  averageCost: (q) => money(q, units(q).isZero() ? certain(Decimal.zero) : whenKnown(costOf(lots(q)), (cost) => cost.ratio(units(q)))),
  lotCount: (q) => counted(lots(q).lots.length),
  lotQuantity: (q) => plain(lot(q).units),
  lotDate: (q) => text(lot(q).acquiredOn),
  lotPrice: (q) => money(q, paid(q, lot(q), priceOf(lot(q)))),
  lotFee: (q) => money(q, paid(q, lot(q), feeOf(lot(q)))),
  unrealisedGain: (q) => money(q, unrealised(q)),
  unrealisedGainRatio: (q) => ratio(unrealised(q), costOf(lots(q))),
  unrealisedCurrencyGain: (q) => money(q, unrealisedCurrency(q)),
  unrealisedPriceGain: (q) => money(q, minusKnown(unrealised(q), unrealisedCurrency(q))),
  realisedGain: (q) => money(q, realisedGain(lots(q), q.from)),
  realisedCurrencyGain: (q) => money(q, realisedCurrencyGain(lots(q), q.from)),
  capitalGain: (q) => money(q, capitalGain(q.read.book, q.scope, q.from, q.to, q.options, q.options.fees ?? 'included')),
  profit: (q) => money(q, profit(q.read.book, q.scope, q.from, q.to, q.options)),
  profitRatio: (q) => {
    const share = profitRatio(q.read.book, q.scope, q.from, q.to, q.options)
    return share.known ? statistic(share.value, 'undefined') : unknownAnswer(share)
  },
  valueChange: (q) => money(q, change(q.read.book, q.scope, q.from, q.to, q.options)),
  returnOnCost: (q) => ratio(minusKnown(worth(q).value, costOf(lots(q))), costOf(lots(q))),
  dayChange: (q) =>
    money(
      q,
      whenKnown(minusKnown(price(q, q.to), price(q, addDays(q.to, -1))), (step) => step.times(units(q))),
    ),
  dayChangeRatio: (q) => {
    const before = price(q, addDays(q.to, -1))
    return ratio(minusKnown(price(q, q.to), before), before)
  },
  openingValue: (q) => money(q, worth(q, q.from).value),
  closingValue: (q) => money(q, worth(q).value),
  flows: (q) => money(q, totalOf(flowsOf(q.read.book, q.scope, q.from, q.to, q.options))),
  dividends: (q) => money(q, income(q).dividends),
  dividendCount: (q) => counted(income(q).dividendCount),
  interest: (q) => money(q, income(q).interest),
  interestReceived: (q) => money(q, income(q).interestReceived),
  earnings: (q) => money(q, income(q).earnings),
  fees: (q) => money(q, income(q).fees),
  taxes: (q) => money(q, income(q).taxes),
  currencyGain: (q) => money(q, cashCurrencyGain(q.read.book, q.scope, q.from, q.to, q.options)),
}

function worth(q: Question, date: PlainDate = q.to): ScopeValue {
  return valueOn(q.read.book, q.scope, date, q.options)
}

function units(q: Question): Decimal {
  return Decimal.sum(worth(q).positions.map((position) => position.units))
}

/** With a currency in the scope the balance in it (pence as pence), else all balances converted. */
function cash(q: Question): Known<Decimal> {
  if (q.cashCurrency === undefined) return worth(q).cash
  const { currency, perCurrency } = unitOf(q.cashCurrency)
  const balances = worth(q).balances.filter((balance) => balance.currency === currency)
  return whenKnown(sumKnown(balances.map((balance) => balance.amount)), (amount) => amount.times(perCurrency).ratio(q.perCurrency))
}

/** What is owed: minus the balances of the accounts that are loans. */
function debt(q: Question, date: PlainDate): Known<Decimal> {
  const owed = worth(q, date).balances.filter((balance) => q.read.debtAccounts.has(balance.accountId))
  return whenKnown(sumKnown(owed.map((balance) => balance.value)), (balance) => balance.negated())
}

export function instrument(q: Question): string {
  if (q.scope.instrumentId === undefined) throw new UnknownShape('the figure needs an instrument')
  return q.scope.instrumentId
}

/** The close in the currency of the instrument, or in the one that is asked for. */
function price(q: Question, date: PlainDate): Known<Decimal> {
  const id = instrument(q)
  const currency = q.currencyIsGiven ? q.options.currency : q.read.book.currencyOf(id)
  const close = whenKnown(q.read.book.priceOn(id, date, q.options), (found) => found.times(new Quantity(Decimal.one)))
  if (!close.known) return close
  const exact = q.read.book.converter({ ...q.options, rounding: 'none' })
  const hundredths = q.currencyIsGiven ? Decimal.one : unitOf(q.read.currencyTextOf(id)).perCurrency
  const amount = exact.convert(close.value.amount, close.value.currency, currency, date)
  return bothKnown(close, amount, (_, inMain) => inMain.times(hundredths))
}

function lots(q: Question): LotsOfScope {
  const { book } = q.read
  return q.basis === 'period' ? lotsOverPeriod(book, q.scope, q.from, q.to, q.options) : lotsSincePurchase(book, q.scope, q.to, q.options)
}

function lot(q: Question): Lot {
  const found = byAcquisition(lots(q).lots)[q.lot ?? 0]
  if (!found) throw new UnknownShape(`no lot ${q.lot}`)
  return found
}

/** What was paid for a lot, at the rate of its purchase. */
function paid(q: Question, of: Lot, amount: Money | null): Known<Decimal> {
  if (!amount) return certain(Decimal.zero)
  const entry = q.read.book.transactions.find((candidate) => candidate.id === of.transactionId)
  return q.read.book.converter(q.options).convert(amount.amount, amount.currency, q.options.currency, of.acquiredOn, entry?.rate)
}

function feeOf({ fee, currency }: Lot): Money | null {
  return fee && currency && new Money(fee, currency)
}

function unrealised(q: Question): Known<Decimal> {
  return unrealisedGain(lots(q), q.read.book, q.scope, q.to, q.options)
}

function unrealisedCurrency(q: Question): Known<Decimal> {
  return unrealisedCurrencyGain(lots(q), q.read.book, q.to, q.options, q.currencyPart)
}

function income(q: Question) {
  return incomeAndCharges(q.read.book, q.scope, q.from, q.to, q.options)
}
