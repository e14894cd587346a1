import fc from 'fast-check'
import { withActions } from '../actions/with-actions.ts'
import { unitMovement } from '../ledger/postings.ts'
import type { LedgerTransaction } from '../ledger/transaction.ts'
import { type CostMethod, costMethods } from '../lots/cost-method.ts'
import type { Lot } from '../lots/lot.ts'
import { LotBook, type LotOptions } from '../lots/lot-book.ts'
import { currency } from '../money/currency.ts'
import { Decimal } from '../money/decimal.ts'
import type { RoundingRule } from '../prices/converter.ts'
import { dateOfDay } from '../time/plain-date.ts'
import { differ, firstBroken, type Property, property } from './property.fixture.ts'
import { bookOf, currencyOfInstrument, type RandomLedger, randomLedger } from './random-ledger.fixture.ts'
import { accounts, instruments, lastDay } from './world.fixture.ts'

interface Way {
  readonly method: CostMethod
  readonly acrossAccounts: boolean | undefined
  readonly rounding: RoundingRule
  readonly fees: 'included' | 'excluded'
}

const way: fc.Arbitrary<Way> = fc.record({
  method: fc.constantFrom(...costMethods),
  acrossAccounts: fc.constantFrom(undefined, true, false),
  rounding: fc.constantFrom('minorUnit' as const, 'none' as const),
  fees: fc.constantFrom('included' as const, 'excluded' as const),
})

const eur = currency('EUR')

function optionsOf(ledger: RandomLedger, { method, acrossAccounts, rounding, fees }: Way): LotOptions {
  const converter = bookOf(ledger).converter({ currency: eur, rounding })
  return { method, acrossAccounts, fees, currency: eur, converter, currencyOf: currencyOfInstrument }
}

function folded(entries: readonly LedgerTransaction[], options: LotOptions): LotBook {
  const book = new LotBook(options)
  for (const entry of entries) book.apply(entry)
  return book
}

/** Exact but for the 80 digits of a quotient without end. */
function even(amount: Decimal): Decimal {
  return amount.round(30, 'half-even')
}

function costOf(lots: Iterable<Lot>): Decimal {
  return Decimal.sum(Array.from(lots, ({ cost }) => (cost.reporting.known ? cost.reporting.value : Decimal.fromScaled(-1, -15))))
}

function unitsOf(lots: Iterable<Lot>): Decimal {
  return Decimal.sum(Array.from(lots, ({ units }) => units))
}

/** What the lots promise under every cost method, per account and across (numbers.md, laws 2 and 8). */
export const lotProperties: readonly Property[] = [
  property(
    'the lots sum to the position under every method, per account and across, at every prefix',
    fc.tuple(randomLedger(), way),
    ([ledger, how]) => {
      const book = new LotBook(optionsOf(ledger, how))
      for (const entry of ledger.entries) {
        book.apply(entry)
        const touched = [entry.instrumentId, entry.into?.instrumentId].filter((id) => id !== undefined)
        for (const instrumentId of new Set(touched)) {
          const own = book.lots({ instrumentId })
          const held = accounts.map((accountId) => book.unitsIn(accountId, instrumentId))
          const broken = firstBroken([
            differ(`all lots of ${instrumentId} after ${entry.id}`, unitsOf(own), Decimal.sum(held)),
            ...accounts.map((accountId, at) =>
              how.acrossAccounts === true
                ? null
                : differ(
                    `lots of ${instrumentId} in ${accountId} after ${entry.id}`,
                    unitsOf(own.filter((lot) => lot.accountId === accountId)),
                    held[at] ?? Decimal.zero,
                  ),
            ),
          ])
          if (broken) return broken
        }
      }
      return null
    },
  ),

  property(
    'no cost appears or vanishes: splits, conversions and transfers keep it, disposals relieve it',
    fc.tuple(randomLedger(), way),
    ([ledger, how]) => {
      const options = optionsOf(ledger, how)
      const book = new LotBook(options)
      let before = Decimal.zero
      let disposed = 0
      for (const entry of ledger.entries) {
        book.apply(entry)
        const after = costOf(book.lots())
        const closed = book.disposals.slice(disposed)
        disposed = book.disposals.length
        const relieved = Decimal.sum(closed.map(({ cost }) => (cost.known ? cost.value : Decimal.one)))
        const movement = unitMovement(entry)
        const opened = entry.kind !== 'split' && (movement === 'in' || movement === 'out') ? paidBy(entry, closed, options) : Decimal.zero
        const broken = differ(`cost after ${entry.id} (${entry.kind})`, even(after.plus(relieved)), even(before.plus(opened)))
        if (broken) return broken
        before = after
      }
      return null
    },
  ),

  property('what is sold to the last unit leaves no cost, no fee and no lot', fc.tuple(randomLedger(), way), ([ledger, how]) => {
    const options = optionsOf(ledger, how)
    const book = folded(ledger.entries, options)
    for (const { accountId, instrumentId, units } of sidesOf(book)) {
      // A third of it first, so that parts of lots are left behind.
      const part = units.dividedBy(Decimal.fromScaled(3, 0), { scale: 18, rounding: 'down' })
      for (const [at, quantity] of [part, units.minus(part)].entries())
        if (!quantity.isZero()) book.apply(closing(accountId, instrumentId, quantity, `close-${at}`))
    }
    const left = book.lots()
    const open = folded(ledger.entries, options)
    const relieved = Decimal.sum(book.disposals.slice(open.disposals.length).map(({ cost }) => (cost.known ? cost.value : Decimal.one)))
    if (left.length > 0) return `${left.length} lots are left: ${JSON.stringify(left[0])}`
    return differ('relieved', even(relieved), even(costOf(open.lots())))
  }),

  property('a lot that was chosen leaves before others', fc.tuple(randomLedger(), way), ([ledger, how]) => {
    if (how.method === 'average-cost') return null
    const book = new LotBook(optionsOf(ledger, { ...how, acrossAccounts: false }))
    for (const entry of ledger.entries) {
      const { lots: chosen, instrumentId = '', accountId, kind } = entry
      const there = chosen ? book.lots({ accounts: new Set([accountId]), instrumentId }) : []
      const disposals = book.disposals.length
      book.apply(entry)
      if (!chosen || kind === 'transfer' || !there.some(({ units }) => units.isPositive())) continue
      const taken = book.disposals.slice(disposals).flatMap(({ lots }) => lots)
      let wanted = entry.quantity ?? Decimal.zero
      for (const { transactionId, quantity } of chosen) {
        const available = unitsOf(there.filter((lot) => lot.transactionId === transactionId))
        const expected = [available, quantity, wanted].reduce((least, one) => (one.isLessThan(least) ? one : least))
        wanted = wanted.minus(expected)
        const found = unitsOf(taken.filter((lot) => lot.transactionId === transactionId))
        if (found.isLessThan(expected)) return `${entry.id} chose ${quantity} of ${transactionId} (${available} there) and took ${found}`
      }
    }
    return null
  }),

  property('every method comes to the same gain in the end', fc.tuple(randomLedger(), way), ([ledger, how]) => {
    const results = costMethods.map((method) => {
      const book = folded(ledger.entries, optionsOf(ledger, { ...how, method }))
      const gains = book.disposals.map(({ proceeds, cost }) =>
        proceeds.known && cost.known ? proceeds.value.minus(cost.value) : Decimal.one,
      )
      return even(Decimal.sum(gains).minus(costOf(book.lots())))
    })
    return firstBroken(results.map((result, at) => differ(`${costMethods[at]}`, result, results[0] ?? Decimal.zero)))
  }),

  property(
    'a split of n for m and then of m for n gives back units and cost',
    fc.tuple(randomLedger({ sizes: 'ordinary' }), way, fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 })),
    ([ledger, how, n, m]) => {
      const day = lastDay + 1
      const ratio = (one: number, other: number) => ({ new: Decimal.fromScaled(one, 0), old: Decimal.fromScaled(other, 0) })
      const split = (id: string, after: number, terms: ReturnType<typeof ratio>) =>
        instruments.map(({ id: instrumentId }) => ({
          id: `${id}-${instrumentId}`,
          kind: 'split' as const,
          instrumentId,
          exDate: dateOfDay(day + after),
          ratio: terms,
          currency: eur,
          accounts: accounts.map((accountId) => ({ accountId })),
        }))
      const options = optionsOf(ledger, how)
      const plain = folded(ledger.entries, options)
      const there = withActions(ledger.entries, split('there', 0, ratio(n, m)))
      const book = folded(withActions(there, split('back', 1, ratio(m, n))), options)
      // Units are counted in 10^-8: what half of one became is all that may be missing.
      const least = Decimal.fromScaled(Math.max(1, Math.ceil(m / n)), 8)
      for (const accountId of accounts)
        for (const { id } of instruments) {
          const change = book.unitsIn(accountId, id).minus(plain.unitsIn(accountId, id)).abs()
          if (least.isLessThan(change)) return `${accountId} has ${change} ${id} more or fewer after ${n}:${m} and ${m}:${n}`
        }
      return firstBroken([
        differ('cost', even(costOf(book.lots())), even(costOf(plain.lots()))),
        differ('disposals', book.disposals.length, plain.disposals.length),
      ])
    },
  ),

  property('a transfer there and back keeps every lot as it was', fc.tuple(randomLedger(), way), ([ledger, how]) => {
    const options = optionsOf(ledger, { ...how, acrossAccounts: how.method === 'average-cost' ? undefined : how.acrossAccounts })
    const plain = folded(ledger.entries, options)
    const book = folded(ledger.entries, options)
    const away = 'Elsewhere'
    for (const { accountId, instrumentId, units } of heldIn(plain)) {
      if (!units.isPositive()) continue
      book.apply({ ...closing(accountId, instrumentId, units, 'away'), kind: 'transfer', toAccountId: away })
      book.apply({ ...closing(away, instrumentId, units, 'home'), kind: 'transfer', toAccountId: accountId })
    }
    return firstBroken([
      differ('cost', even(costOf(book.lots())), even(costOf(plain.lots()))),
      differ('dates', datesOf(book), datesOf(plain)),
    ])
  }),

  property('a void and its reinstatement give back the same lots', fc.tuple(randomLedger(), fc.nat(), way), ([ledger, pick, how]) => {
    const options = optionsOf(ledger, how)
    const { recorded, actions } = ledger
    const voided = recorded[pick % Math.max(1, recorded.length)]
    if (!voided || recorded.some(({ lots }) => lots?.some(({ transactionId }) => transactionId === voided.id))) return null
    const again = recorded.toSpliced(recorded.indexOf(voided), 1, { ...voided, id: `${voided.id}-again` })
    const told = (book: LotBook): string =>
      JSON.stringify([book.lots(), book.disposals]).replaceAll(`"${voided.id}-again"`, `"${voided.id}"`)
    return differ('lots and disposals', told(folded(withActions(again, actions), options)), told(folded(ledger.entries, options)))
  }),

  property('no figure of a lot is ever a binary float', fc.tuple(randomLedger({ sizes: 'extreme' }), way), ([ledger, how]) => {
    const book = folded(ledger.entries, optionsOf(ledger, how))
    const amounts = [...book.lots(), ...book.disposals.flatMap(({ lots }) => lots)].flatMap(({ units, fee, cost }) => [
      units,
      fee,
      cost.transaction,
      cost.instrument.known ? cost.instrument.value : null,
      cost.reporting.known ? cost.reporting.value : null,
    ])
    const digits = how.rounding === 'minorUnit' ? 10 : 200
    for (const amount of amounts) {
      if (amount === null) continue
      if (typeof amount === 'number' || !/^-?\d+(\.\d+)?$/.test(amount.toString())) return `${amount} is no decimal`
      if (amount.decimalPlaces() > Math.max(18, digits)) return `${amount} has more digits than were recorded`
    }
    return null
  }),
]

/** What a trade adds to the cost of lots: all it cost, less the part that closed lots of the other sign. */
function paidBy(entry: LedgerTransaction, closed: LotBook['disposals'], { fees, converter, currency: to }: LotOptions): Decimal {
  const movement = unitMovement(entry)
  const gross = movement === 'in' ? entry.amount : entry.amount.negated()
  const paid = fees === 'included' ? gross.plus(entry.fee) : gross
  const inReporting = converter.convert(paid, entry.currency, to, entry.date, entry.rate)
  const proceeds = Decimal.sum(closed.map((sale) => (sale.proceeds.known ? sale.proceeds.value : Decimal.one)))
  return inReporting.known ? inReporting.value.plus(proceeds) : Decimal.zero
}

function heldIn(book: LotBook): { accountId: string; instrumentId: string; units: Decimal }[] {
  return accounts.flatMap((accountId) =>
    instruments
      .map(({ id: instrumentId }) => ({ accountId, instrumentId, units: book.unitsIn(accountId, instrumentId) }))
      .filter(({ units }) => !units.isZero()),
  )
}

/** What each account owns and what it owes, apart: a merger may bring both. */
function sidesOf(book: LotBook): { accountId: string; instrumentId: string; units: Decimal }[] {
  const sides = Map.groupBy(book.lots(), (lot) => `${lot.accountId} ${lot.instrumentId} ${lot.units.isNegative()}`)
  return Array.from(sides.values(), (own) => ({
    accountId: own[0]?.accountId ?? '',
    instrumentId: own[0]?.instrumentId ?? '',
    units: unitsOf(own),
  }))
}

/** A sale of all units, or the covering of a short. */
function closing(accountId: string, instrumentId: string, units: Decimal, id: string): LedgerTransaction {
  const kind = units.isNegative() ? 'buy' : 'sell'
  const amount = Decimal.fromScaled(12_345, 2)
  const common = { date: dateOfDay(lastDay), amount, currency: eur, fee: Decimal.zero, tax: Decimal.zero }
  return { ...common, id: `${id}/${accountId}/${instrumentId}`, kind, accountId, instrumentId, quantity: units.abs() }
}

function datesOf(book: LotBook): string {
  const dates = book.lots().map(({ instrumentId, acquiredOn, units }) => [instrumentId, acquiredOn, units.toString()] as const)
  const sums = new Map<string, Decimal>()
  for (const [instrumentId, acquiredOn, units] of dates) {
    const key = `${instrumentId} ${acquiredOn}`
    sums.set(key, (sums.get(key) ?? Decimal.zero).plus(Decimal.parse(units)))
  }
  return [...sums]
    .map(([key, units]) => `${key} ${units}`)
    .sort()
    .join('\n')
}
