import type { LedgerTransaction } from '../ledger/transaction.ts'
import { UnitCounts } from '../ledger/unit-counts.ts'
import { digitsOf } from '../money/currency.ts'
import { Decimal } from '../money/decimal.ts'
import { type AccountChoice, type AppliedAction, leavesUnits, type Ratio } from './corporate-action.ts'

/**
 * The ledger with what corporate actions do to it: entries that are figured when the ledger is read, each at the start of its ex-date, for
 * what an account holds at that point. Nothing recorded is changed; without the action the very same ledger is left.
 * @param transactions in the ledger's order
 * @param actions in the order in which they apply on one day
 */
export function withActions(transactions: readonly LedgerTransaction[], actions: readonly AppliedAction[]): readonly LedgerTransaction[] {
  if (actions.length === 0) return transactions
  const waiting = actions.toSorted((a, b) => (a.exDate < b.exDate ? -1 : a.exDate > b.exDate ? 1 : 0))
  const ledger: LedgerTransaction[] = []
  const counts = new UnitCounts()
  const add = (entry: LedgerTransaction): void => {
    counts.apply(entry)
    ledger.push(entry)
  }
  let next = 0
  const applyUpTo = (date: string | null): void => {
    for (let action = waiting[next]; action && (date === null || action.exDate <= date); action = waiting[++next]) {
      for (const choice of action.accounts) {
        const units = counts.unitsIn(choice.accountId, action.instrumentId)
        if (!units.isZero()) for (const entry of entriesOf(action, choice, units)) add(entry)
      }
    }
  }
  for (const entry of transactions) {
    applyUpTo(entry.date)
    add(entry)
  }
  applyUpTo(null)
  return ledger
}

/** What an action does to one account, in order. Units held may be negative: who is short owes what others receive. */
export function entriesOf(action: AppliedAction, choice: AccountChoice, held: Decimal): LedgerTransaction[] {
  const { kind, cashPerUnit, ratio, intoInstrumentId } = action
  const common = commonOf(action, choice)
  switch (kind) {
    case 'split':
    case 'stock-dividend': {
      if (!ratio) return []
      const scaled = unitsFor(held, ratio)
      const change = kind === 'split' ? scaled.minus(held) : scaled
      const split: LedgerTransaction = { ...common, id: `${common.id}/split`, kind: 'split', quantity: change }
      return [split, ...fractionPaidOut(action, choice, action.instrumentId, held.plus(change))]
    }
    case 'return-of-capital':
      return capitalBack(common, held, paidOut(held, cashPerUnit ?? Decimal.zero, action))
    case 'write-off':
      return [goneFor(common, held, Decimal.zero)]
    case 'merger':
      if (!intoInstrumentId) return [goneFor(common, held, paidOut(held.abs(), cashPerUnit ?? Decimal.zero, action))]
      break
  }
  if (!intoInstrumentId) return []
  const units = ratio ? unitsFor(held, ratio) : held
  const conversion: LedgerTransaction = {
    ...common,
    id: `${common.id}/conversion`,
    kind: 'conversion',
    quantity: leavesUnits(kind) ? Decimal.zero : held,
    amount: cashPerUnit ? paidOut(held, cashPerUnit, action) : Decimal.zero,
    into: { instrumentId: intoInstrumentId, quantity: units, costShare: costShareOf(action, choice) },
  }
  return [conversion, ...fractionPaidOut(action, choice, intoInstrumentId, units)]
}

function commonOf({ id, instrumentId, exDate, currency }: AppliedAction, { accountId, cashAccountId }: AccountChoice) {
  const none = Decimal.zero
  const named = { id: `${id}/${accountId}`, date: exDate, accountId, cashAccountId, instrumentId }
  return { ...named, amount: none, currency, fee: none, tax: none }
}

type Common = ReturnType<typeof commonOf>

/** Multiplied before it is divided; to the units of 10⁻⁸ that kernels count in (numbers.md), or as many places as the position has. */
function unitsFor(held: Decimal, ratio: Ratio): Decimal {
  return held.times(ratio.new).dividedBy(ratio.old, { scale: Math.max(8, held.decimalPlaces()), rounding: 'half-away-from-zero' })
}

/** Money arises here, so here it is rounded to what can be paid. */
function paidOut(units: Decimal, perUnit: Decimal, { currency }: AppliedAction): Decimal {
  return units.times(perUnit).round(digitsOf(currency), 'half-away-from-zero')
}

function costShareOf({ kind, costShare }: AppliedAction, choice: AccountChoice): Decimal {
  return choice.costShare ?? costShare ?? (kind === 'rights' ? Decimal.zero : Decimal.one)
}

/** Units sold for cash, or bought back by who was short. */
function goneFor(common: Common, held: Decimal, amount: Decimal): LedgerTransaction {
  const kind = held.isNegative() ? 'buy' : 'sell'
  return { ...common, id: `${common.id}/${kind}`, kind, quantity: held.abs(), amount }
}

/** Who is short pays the lender what others get back; less than the smallest coin is nothing for either. */
function capitalBack(common: Common, held: Decimal, amount: Decimal): LedgerTransaction[] {
  if (amount.isZero()) return []
  if (held.isNegative()) return [{ ...common, id: `${common.id}/paid`, kind: 'interest-charge', amount: amount.abs() }]
  return [{ ...common, id: `${common.id}/returned`, kind: 'return-of-capital', amount }]
}

/** Cash in lieu: the fraction of a unit is sold at once. */
function fractionPaidOut(action: AppliedAction, choice: AccountChoice, instrumentId: string, units: Decimal): LedgerTransaction[] {
  const { fractionPrice } = action
  if (!fractionPrice && !choice.cashInLieu) return []
  const fraction = units.minus(units.round(0, 'down'))
  if (fraction.isZero()) return []
  const amount = choice.cashInLieu ?? paidOut(fraction.abs(), fractionPrice ?? Decimal.zero, action)
  const common = commonOf(action, choice)
  return [goneFor({ ...common, id: `${common.id}/fraction`, instrumentId }, fraction, amount)]
}
