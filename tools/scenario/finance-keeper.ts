import { checkAction } from '@pe/finance/actions/check-action.ts'
import type { AppliedAction } from '@pe/finance/actions/corporate-action.ts'
import { withActions } from '@pe/finance/actions/with-actions.ts'
import { costOf, type GainOptions, lotsSincePurchase } from '@pe/finance/gains/lots-of.ts'
import { realisedGains } from '@pe/finance/gains/realised-gains.ts'
import { statement } from '@pe/finance/gains/statement.ts'
import { carriedOverSplits, unitSplits } from '@pe/finance/kernel/closes-over-splits.ts'
import { ColumnCloses } from '@pe/finance/kernel/column-closes.ts'
import { closeColumn } from '@pe/finance/kernel/columns.ts'
import { checkPositions } from '@pe/finance/ledger/check-positions.ts'
import { checkTransaction } from '@pe/finance/ledger/check-transaction.ts'
import { eventKinds, legsOf } from '@pe/finance/ledger/event-legs.ts'
import { inOrder } from '@pe/finance/ledger/order.ts'
import type { LedgerTransaction, TransactionKind } from '@pe/finance/ledger/transaction.ts'
import { unmatchedChoices, unmatchedRefusal } from '@pe/finance/lots/chosen-lots.ts'
import { currency, quoteUnit } from '@pe/finance/money/currency.ts'
import { Decimal } from '@pe/finance/money/decimal.ts'
import { accept, type Outcome } from '@pe/finance/outcome.ts'
import { certain, type Known } from '@pe/finance/prices/known.ts'
import { sumKnown } from '@pe/finance/prices/known-sum.ts'
import { RateTable } from '@pe/finance/prices/rate-table.ts'
import { internalRateOfReturn } from '@pe/finance/returns/internal-rate-of-return.ts'
import { timeWeightedReturn } from '@pe/finance/returns/time-weighted-return.ts'
import { drawdownOfSeries } from '@pe/finance/statistics/drawdown.ts'
import { dayNumber, plainDate } from '@pe/finance/time/plain-date.ts'
import { Book } from '@pe/finance/valuation/book.ts'
import { asNumbers, exactSeries } from '@pe/finance/valuation/daily-series.ts'
import type { Scope } from '@pe/finance/valuation/scope.ts'
import { valueOn } from '@pe/finance/valuation/value.ts'
import type { ActionTerms, Entry } from './entry.ts'
import type { Keeper } from './keeper.ts'
import type { Expectation, PeriodFigure } from './read-expectation.ts'
import { currencyQuotedIn, type Scenario } from './scenario.ts'

/** Keeps the book with packages/finance alone: no service, no database. Instruments go by their names. */
export async function financeKeeper(scenario: Scenario): Promise<Keeper> {
  const recorded: LedgerTransaction[] = []
  const actions: AppliedAction[] = []
  const remembered = new Map<string, readonly LedgerTransaction[]>()
  const covered = (ledger: readonly LedgerTransaction[], applied: readonly AppliedAction[]) =>
    checkPositions(withActions(inOrder(ledger), applied), { allowsShorts: () => false })
  const scope: Scope = { accounts: new Set(Object.keys(scenario.accounts)) }
  const options: GainOptions = { currency: currency(scenario.baseCurrency), method: scenario.costMethod, pool: scope.accounts }
  const judged = (entry: Entry, others: readonly LedgerTransaction[], id: string): Outcome<readonly LedgerTransaction[]> => {
    const posted = legsOfEntry(toLedger(entry, id, others))
    for (const leg of posted) {
      const checked = checkTransaction(leg, { today: plainDate('2100-01-01') })
      if (!checked.accepted) return checked
    }
    const book = withActions(inOrder([...others, ...posted]), actions)
    const view = { method: scenario.costMethod === 'average-cost' ? 'fifo' : scenario.costMethod, currency: options.currency } as const
    for (const unmatched of unmatchedChoices(book, view)) return { accepted: false, refusal: unmatchedRefusal(unmatched) }
    const holds = checkPositions(book, { allowsShorts: () => false })
    return holds.accepted ? accept([...others, ...posted]) : holds
  }
  return {
    async record(entry) {
      const { act } = entry
      if (act?.act === 'remember') {
        remembered.set(act.name, [...recorded])
        return null
      }
      if (act?.act === 'correct') {
        const wrong = recorded.find(({ kind, date }) => kind === act.kind && date === act.date)
        if (!wrong) throw new Error(`nothing to correct: ${entry.line}`)
        const outcome = judged(
          act.instead,
          recorded.filter((one) => one !== wrong),
          `${wrong.id}'`,
        )
        if (!outcome.accepted) return outcome.refusal.code
        recorded.splice(0, recorded.length, ...outcome.value)
        return null
      }
      if (act) throw new Error(`finance alone cannot: ${entry.line}`)
      if (entry.action) {
        const applied = toApplied(entry, entry.action, Object.keys(scenario.accounts), `a${actions.length}`)
        const fits = checkAction(applied)
        if (!fits.accepted) return fits.refusal.code
        const holds = covered(recorded, [...actions, applied])
        if (!holds.accepted) return holds.refusal.code
        actions.push(applied)
        return null
      }
      const outcome = judged(entry, recorded, `t${recorded.length}`)
      if (!outcome.accepted) return outcome.refusal.code
      recorded.splice(0, recorded.length, ...outcome.value)
      return null
    },
    async figure(expectation) {
      const known = expectation.knownTo === undefined ? recorded : remembered.get(expectation.knownTo)
      if (!known) throw new Error(`nothing was remembered as the ${expectation.knownTo}`)
      return figureOf(bookOf(scenario, known, actions), scope, options, expectation)
    },
  }
}

/** An event becomes its legs; everything else is one. */
function legsOfEntry(entry: LedgerTransaction): LedgerTransaction[] {
  const kind = eventKinds.find((event) => event === (entry.kind as string))
  const { instrumentId, quantity } = entry
  if (!kind || instrumentId === undefined || !quantity) return [entry]
  return legsOf({ ...entry, kind, instrumentId, quantity }, (leg) => `${entry.id} ${leg}`)
}

function figureOf(book: Book, scope: Scope, options: GainOptions, asked: Expectation): string | readonly string[] {
  switch (asked.figure) {
    case 'holds':
      return Decimal.sum(
        valueOn(book, scope, plainDate(asked.date), options)
          .positions.filter(({ instrumentId }) => instrumentId === asked.instrument)
          .map(({ units }) => units),
      ).toString()
    case 'cash':
      return told(
        sumKnown(
          valueOn(book, scope, plainDate(asked.date), options)
            .balances.filter((cash) => cash.currency === asked.currency)
            .map((cash) => cash.amount),
        ),
      )
    case 'value':
      return toldWithAge(valueOn(book, scope, plainDate(asked.date), options).value)
    case 'cost':
      return told(costOf(lotsSincePurchase(book, { ...scope, instrumentId: asked.instrument }, plainDate(asked.date), options)))
    case 'lots':
      return lotsSincePurchase(book, { ...scope, instrumentId: asked.instrument }, plainDate(asked.date), options).lots.map(
        (lot) => `${lot.units} of ${lot.acquiredOn}`,
      )
    case 'drafts':
    case 'difference':
      throw new Error(`finance alone cannot tell: ${asked.line}`)
    default:
      return overPeriod(book, scope, options, asked.figure, asked.from, asked.to)
  }
}

function overPeriod(book: Book, scope: Scope, options: GainOptions, figure: PeriodFigure, start: string, end: string): string {
  const [from, to] = [plainDate(start), plainDate(end)]
  if (figure === 'TWR') return String(timeWeightedReturn(asNumbers(exactSeries(book, scope, from, to, options))).twr)
  if (figure === 'XIRR') return String(internalRateOfReturn(investorFlows(book, scope, options, start, end)).rate)
  if (figure === 'max drawdown') return String(drawdownOfSeries(asNumbers(exactSeries(book, scope, from, to, options)))?.max)
  if (figure === 'short-term gain' || figure === 'long-term gain') {
    const { byTerm } = realisedGains(book, scope, { basis: 'purchase', from, to }, options)
    return told(byTerm.get(figure === 'long-term gain' ? 'long' : 'short')?.gain ?? certain(Decimal.zero))
  }
  const lines = statement(book, scope, from, to, options)
  const line = {
    flows: lines.flows,
    'realised gain': lines.realised,
    'unrealised gain': lines.unrealised,
    income: lines.earnings,
    fees: lines.fees,
    taxes: lines.taxes,
    'currency gain': lines.currencyGain,
  }[figure]
  return told(line)
}

function investorFlows(book: Book, scope: Scope, options: GainOptions, start: string, end: string): { day: number; amount: number }[] {
  const series = asNumbers(exactSeries(book, scope, plainDate(start), plainDate(end), options))
  const last = series.value.length - 1
  return [...series.value.keys()]
    .map((at) => {
      const [opening, closing] = [at === 0 ? -(series.value[0] ?? 0) : 0, at === last ? (series.value[last] ?? 0) : 0]
      const flow = at === 0 ? 0 : (series.outflow[at] ?? 0) - (series.inflow[at] ?? 0)
      return { day: dayNumber(plainDate(start)) + at, amount: opening + flow + closing }
    })
    .filter(({ amount }) => amount !== 0)
}

function told(known: Known<Decimal>): string {
  return known.known ? known.value.toString() : `unknown (${known.reason})`
}

function toldWithAge(known: Known<Decimal>): string {
  return known.known && known.stale ? `${told(known)}, stale` : told(known)
}

function bookOf(scenario: Scenario, known: readonly LedgerTransaction[], actions: readonly AppliedAction[]): Book {
  const splits = unitSplits(actions)
  const closes = Object.entries(scenario.instruments).map(([name, code]) => {
    const unit = quoteUnit(code)
    if (!unit) throw new Error(`${name} is quoted in ${code}?`)
    const points = scenario.closes
      .filter(({ instrument }) => instrument === name)
      .map(({ date, close }) => ({ day: dayNumber(plainDate(date)), value: close }))
      .sort((a, b) => a.day - b.day)
    return [name, new ColumnCloses(name, carriedOverSplits(closeColumn(unit, points), splits.get(name)))] as const
  })
  const pairs = Map.groupBy(scenario.rates, ({ base, quote }) => `${base} ${quote}`)
  const rates = new RateTable(
    [...pairs].map(([pair, points]) => {
      const [base = '', quote = ''] = pair.split(' ')
      return { base, quote, points: points.map(({ date, rate }) => ({ date: plainDate(date), value: Decimal.parse(rate) })) }
    }),
  )
  return new Book({
    transactions: withActions(inOrder(known), actions),
    closes: new Map(closes),
    rates,
    currencyOf: (name) => currencyQuotedIn(scenario.instruments[name] ?? ''),
  })
}

function toApplied(entry: Entry, { kind, into, ...terms }: ActionTerms, accounts: readonly string[], id: string): AppliedAction {
  const exact = (text: string | undefined) => (text === undefined ? undefined : Decimal.parse(text))
  return {
    id,
    kind: kind as AppliedAction['kind'],
    instrumentId: entry.instrument ?? '',
    exDate: plainDate(entry.date),
    ratio: terms.ratio && { new: Decimal.parse(terms.ratio.new), old: Decimal.parse(terms.ratio.old) },
    intoInstrumentId: into,
    cashPerUnit: exact(terms.cashPerUnit),
    currency: currency(entry.currency),
    costShare: exact(terms.costShare),
    fractionPrice: exact(terms.fractionPrice),
    accounts: accounts.map((accountId) => ({ accountId })),
  }
}

/** `others` are what lots can be chosen from. */
function toLedger(entry: Entry, id: string, others: readonly LedgerTransaction[]): LedgerTransaction {
  const exact = (text: string | undefined) => (text === undefined ? undefined : Decimal.parse(text))
  const [quantity, price] = [exact(entry.quantity), exact(entry.price)]
  return {
    id,
    kind: entry.kind as TransactionKind,
    date: plainDate(entry.date),
    accountId: entry.account,
    toAccountId: entry.toAccount,
    instrumentId: entry.instrument,
    quantity,
    amount: exact(entry.amount) ?? (quantity && price ? quantity.times(price) : Decimal.zero),
    currency: currency(entry.currency),
    fee: exact(entry.fee) ?? Decimal.zero,
    tax: exact(entry.tax) ?? Decimal.zero,
    received: entry.received && { amount: Decimal.parse(entry.received.amount), currency: currency(entry.received.currency) },
    lots: entry.lots?.map(({ quantity: units, acquiredOn }) => ({
      transactionId: others.find(({ instrumentId, date }) => instrumentId === entry.instrument && date === acquiredOn)?.id ?? '',
      quantity: Decimal.parse(units),
    })),
    rate: entry.rate && { from: currency(entry.rate.from), to: currency(entry.rate.to), value: Decimal.parse(entry.rate.value) },
  }
}
