import fc from 'fast-check'
import { checkAction } from '../actions/check-action.ts'
import { withActions } from '../actions/with-actions.ts'
import { checkPositions } from '../ledger/check-positions.ts'
import { checkTransaction, isRecorded } from '../ledger/check-transaction.ts'
import { inOrder } from '../ledger/order.ts'
import { postings } from '../ledger/postings.ts'
import type { LedgerTransaction } from '../ledger/transaction.ts'
import { UnitCounts } from '../ledger/unit-counts.ts'
import { digitsOf } from '../money/currency.ts'
import { Decimal } from '../money/decimal.ts'
import { dateOfDay } from '../time/plain-date.ts'
import { Balances, balancesAt } from '../valuation/balances.ts'
import { scaled, textOf, unitsByHand } from './by-hand.fixture.ts'
import { differ, firstBroken, type Property, property } from './property.fixture.ts'
import { bookOf, randomLedger } from './random-ledger.fixture.ts'
import { allowsShorts, lastDay } from './world.fixture.ts'

const view = { currency: 'EUR' as LedgerTransaction['currency'] }
const end = dateOfDay(lastDay)

/** What the ledger itself promises (numbers.md, laws 1, 2 and 8). */
export const bookProperties: readonly Property[] = [
  property('a random book is one that the rules let in', randomLedger(), ({ recorded, actions, entries }) => {
    for (const entry of recorded) {
      const outcome = checkTransaction(entry, { today: end })
      if (!outcome.accepted) return `${entry.id}: ${outcome.refusal.detail}`
    }
    for (const action of actions) {
      const outcome = checkAction(action)
      if (!outcome.accepted) return `${action.id}: ${outcome.refusal.detail}`
    }
    const covered = checkPositions(entries, { allowsShorts })
    return covered.accepted ? null : covered.refusal.detail
  }),

  property('postings cancel per currency and per instrument', randomLedger(), (ledger) => {
    const converter = bookOf(ledger).converter(view)
    for (const entry of ledger.entries) {
      const legs = postings(entry, converter)
      if (!legs.known) return `${entry.id}: ${legs.detail}`
      for (const [unit, own] of Map.groupBy(legs.value, (leg) => leg.unit)) {
        const sum = Decimal.sum(own.map((leg) => leg.amount))
        if (!sum.isZero()) return `${entry.id} (${entry.kind}) leaves ${sum} ${unit}`
      }
    }
    return null
  }),

  property('a position is the fold of the ledger, at every prefix', randomLedger(), ({ entries }) => {
    const [counts, byHand] = [new UnitCounts(), new Map<string, bigint>()]
    for (const entry of entries) {
      counts.apply(entry)
      for (const [accountId, instrumentId, change] of unitsByHand(entry)) {
        const key = `${accountId}/${instrumentId}`
        byHand.set(key, (byHand.get(key) ?? 0n) + change)
        const broken = differ(`${key} after ${entry.id}`, counts.unitsIn(accountId, instrumentId), textOf(byHand.get(key) ?? 0n))
        if (broken) return broken
      }
    }
    return null
  }),

  property('cash is the fold of the ledger to the last digit, at every prefix', randomLedger(), (ledger) => {
    const converter = bookOf(ledger).converter(view)
    const balances = new Balances(converter)
    const byHand = new Map<string, bigint>()
    for (const entry of ledger.entries) {
      balances.apply(entry)
      const legs = postings(entry, converter)
      if (!legs.known) return legs.detail
      for (const leg of legs.value) {
        if (leg.book !== 'cash') continue
        const key = `${leg.accountId} ${leg.unit}`
        byHand.set(key, (byHand.get(key) ?? 0n) + scaled(leg.amount))
      }
    }
    for (const { accountId, currency, amount } of balances.cash()) {
      if (!amount.known) return amount.detail
      const broken = differ(`${accountId} ${currency}`, amount.value, textOf(byHand.get(`${accountId} ${currency}`) ?? 0n))
      if (broken) return broken
    }
    return null
  }),

  property('a back-dated entry gives the book of a replay from scratch', fc.tuple(randomLedger(), fc.nat()), ([ledger, pick]) => {
    const { recorded, actions } = ledger
    const late = recorded[pick % Math.max(1, recorded.length)]
    if (!late) return null
    const others = recorded.filter((entry) => entry !== late)
    // Recorded last of all, it stands last on its day.
    const appended = inOrder([...others, late])
    const at = others.findIndex((entry) => entry.date > late.date)
    const inserted = inOrder(others.toSpliced(at === -1 ? others.length : at, 0, late))
    return firstBroken([
      differ('order', ids(appended), ids(inserted)),
      differ('what is read', JSON.stringify(withActions(appended, actions)), JSON.stringify(withActions(inserted, actions))),
      differ('the journal keeps all', [...ids(appended)].sort().join(), [...ids(recorded)].sort().join()),
    ])
  }),

  property('ordering twice is ordering once, whatever the list looks like', fc.tuple(randomLedger(), fc.nat()), ([ledger, pick]) => {
    const { entries } = ledger
    const again = inOrder(entries)
    const shuffled = interleaved(entries, pick)
    return firstBroken([
      differ('again', ids(again), ids(entries)),
      differ('from pieces', ids(inOrder(shuffled)), ids(inOrder(inOrder(shuffled)))),
    ])
  }),

  property('actions are read, never written: undone, the very same ledger is left', randomLedger(), ({ recorded, actions }) => {
    const before = JSON.stringify([recorded, actions])
    const applied = withActions(recorded, actions)
    const derived = applied.filter((entry) => !recorded.includes(entry))
    const undone = applied.filter((entry) => recorded.includes(entry))
    if (withActions(recorded, []) !== recorded) return 'without actions it is not the same list'
    if (undone.some((entry, at) => entry !== recorded[at]) || undone.length !== recorded.length)
      return 'a recorded entry was changed or moved'
    if (new Set(applied.map(({ id }) => id)).size !== applied.length) return 'an id is used twice'
    return firstBroken([
      differ('inputs', JSON.stringify([recorded, actions]), before),
      differ('twice', JSON.stringify(withActions(recorded, actions)), JSON.stringify(applied)),
      ...derived.map((entry) => placeBroken(entry, applied, recorded)),
    ])
  }),

  property('void and reinstate restores the book', fc.tuple(randomLedger(), fc.nat()), ([ledger, pick]) => {
    const { recorded, actions } = ledger
    const voided = recorded[pick % Math.max(1, recorded.length)]
    if (!voided) return null
    const place = recorded.indexOf(voided)
    const reinstated = recorded.toSpliced(place, 1).toSpliced(place, 0, { ...voided, id: `${voided.id}-again` })
    const told = (transactions: readonly LedgerTransaction[]): string => {
      const book = bookOf(ledger, withActions(transactions, actions))
      const balances = balancesAt(book.transactions, end, book.converter(view))
      return JSON.stringify([[...balances.cash()], [...balances.units()]])
    }
    return differ('the book', told(reinstated), told(recorded))
  }),

  property('no stated amount is ever a binary float', randomLedger({ sizes: 'extreme' }), (ledger) => {
    const exact = (text: string): boolean => /^-?\d+(\.\d+)?$/.test(text)
    for (const entry of ledger.entries) {
      for (const amount of [entry.amount, entry.fee, entry.tax, entry.quantity, entry.into?.quantity, entry.received?.amount]) {
        if (!amount) continue
        if (!exact(amount.toString())) return `${entry.id}: ${amount}`
        const broken = differ(entry.id, Decimal.parse(amount.toString()).plus(amount).minus(amount), amount)
        if (broken) return broken
      }
    }
    return null
  }),

  property('a rate and its inverse, and a way through a third currency, agree', fc.tuple(randomLedger(), fc.nat()), ([ledger, pick]) => {
    const book = bookOf(ledger)
    const [from, over, to] = (
      [
        ['EUR', 'USD', 'GBP'],
        ['JPY', 'EUR', 'KWD'],
        ['GBP', 'USD', 'JPY'],
        ['KWD', 'USD', 'EUR'],
      ] as const
    )[pick % 4] as never as [LedgerTransaction['currency'], LedgerTransaction['currency'], LedgerTransaction['currency']]
    const date = dateOfDay(lastDay - (pick % 50))
    const exact = book.converter({ ...view, rounding: 'none' })
    const amount = Decimal.fromScaled(1 + (pick % 1_000_000_007), 2)
    const direct = exact.convert(amount, from, to, date)
    const half = exact.convert(amount, from, over, date)
    const through = half.known ? exact.convert(half.value, over, to, date) : half
    const back = direct.known ? exact.convert(direct.value, to, from, date) : direct
    const rounded = book.converter(view).convert(amount, from, to, date)
    if (!direct.known || !through.known || !back.known || !rounded.known) return 'a rate is missing'
    return firstBroken([
      differ('through a third', through.value.round(40, 'half-even'), direct.value.round(40, 'half-even')),
      differ('there and back', back.value.round(40, 'half-even'), amount),
      differ('to the minor unit', rounded.value, direct.value.round(digitsOf(to), 'half-away-from-zero')),
    ])
  }),
]

function ids(entries: readonly LedgerTransaction[]): string {
  return entries.map(({ id }) => id).join()
}

/** The same entries as two lists one after the other. */
function interleaved(entries: readonly LedgerTransaction[], pick: number): LedgerTransaction[] {
  const first = entries.filter((_, at) => (at * 7 + pick) % 3 === 0)
  return [...first, ...entries.filter((entry) => !first.includes(entry))]
}

/** Before everything recorded on its day, after everything of the days before. */
function placeBroken(
  entry: LedgerTransaction,
  applied: readonly LedgerTransaction[],
  recorded: readonly LedgerTransaction[],
): string | null {
  const at = applied.indexOf(entry)
  const wrong = recorded.find((other) => {
    const stands = applied.indexOf(other)
    return other.date < entry.date ? stands > at : stands < at
  })
  if (!/^a\d+\/\w+\//.test(entry.id)) return `${entry.id} does not name its action, account and leg`
  if (isRecorded(entry.kind) && entry.quantity === undefined && entry.amount.isZero()) return `${entry.id} says nothing`
  return wrong ? `${entry.id} of ${entry.date} stands on the wrong side of ${wrong.id} of ${wrong.date}` : null
}
