import type { Call } from '@pe/contracts/actor.ts'
import type { Review } from '@pe/contracts/transactions.ts'
import type { LedgerTransaction } from '@pe/finance/ledger/transaction.ts'
import { currency } from '@pe/finance/money/currency.ts'
import { Decimal } from '@pe/finance/money/decimal.ts'
import { type DueDay, dueDays } from '@pe/finance/plans/due-days.ts'
import { plannedPurchase } from '@pe/finance/plans/planned-purchase.ts'
import { unknown } from '@pe/finance/prices/known.ts'
import { addDays, earlier, type PlainDate } from '@pe/finance/time/plain-date.ts'
import type { CoreDeps } from '../core-deps.ts'
import { putInPlace } from '../put-in-place.ts'
import type { Statement } from '../statement.ts'
import { lockBooks } from '../store/accounts.ts'
import { daysWithoutUnits, lockPlan, type PlanRow, readPlan, rememberDays } from '../store/plans.ts'
import { insertTransactions } from '../store/saved-transaction.ts'
import { accountsOf, readTransaction } from '../store/transactions.ts'
import { scheduleOf } from './plans.ts'
import { type PriceOn, priceOn } from './price-on.ts'

/**
 * Leaves a draft for each day that is due and has brought none, however long ago it was; a purchase whose close was not known then gets
 * its units now, if nobody has touched it. Running it again changes nothing.
 */
export async function draftPlan(core: CoreDeps, call: Call, planId: string): Promise<void> {
  const today = core.clock.today(call.actor.timeZone)
  const seen = await readPlan(core.db.sql, call.actor, planId)
  if (daysOf(seen, today).length === 0 && (await daysWithoutUnits(core.db.sql, planId)).length === 0) return

  await core.db.write({ call, action: 'plan.draft', subject: `plan:${planId}` }, async (tx) => {
    const plan = await lockPlan(tx.sql, call.actor, planId)
    const days = daysOf(plan, today)
    const waiting = await daysWithoutUnits(tx.sql, planId)
    if (days.length === 0 && waiting.length === 0) return

    const books = await lockBooks(tx.sql, call.actor, accountsOf(plan))
    const drafts = await Promise.all(waiting.map(({ transactionId }) => readTransaction(tx.sql, call.actor, transactionId)))
    const at = core.clock.now()
    const price = await pricesFor(core, call, plan, [...days.map(({ due }) => due), ...drafts.map(({ date }) => date)])

    const rows = days.map((day) => ({ day, statement: statementFor(core.ids.next(), plan, day.due, price) }))
    await insertTransactions(
      tx,
      at,
      rows.map(({ day, statement }) => ({
        id: statement.entry.id,
        statement,
        importId: null,
        sourceKey: sourceKeyOf(plan, day),
        replaces: null,
        sequence: null,
      })),
    )
    const remembered = rows.map(({ day, statement }) => ({ scheduled: day.scheduled, transactionId: statement.entry.id }))

    for (const [place, draft] of drafts.entries()) {
      const statement = statementFor(core.ids.next(), plan, draft.date, price)
      const scheduled = waiting[place]?.scheduled
      if (statement.entry.quantity === undefined || scheduled === undefined) continue
      await putInPlace(core, tx, call, books, { old: [draft], next: [{ statement, event: null }], reason: 'the close is known' })
      remembered.push({ scheduled, transactionId: statement.entry.id })
    }
    await rememberDays(tx.sql, call.actor, planId, remembered)
  })
}

/** The days that are due and have brought nothing; of a paused plan none since its pause. */
function daysOf(plan: PlanRow, today: PlainDate): DueDay[] {
  const last = plan.pausedOn === null ? today : earlier(today, addDays(plan.pausedOn, -1))
  return dueDays(scheduleOf(plan), plan.lastScheduled, last)
}

function sourceKeyOf({ id }: PlanRow, { scheduled }: DueDay): string {
  return `plan:${id}:${scheduled}`
}

async function pricesFor(core: CoreDeps, call: Call, plan: PlanRow, days: readonly PlainDate[]): Promise<PriceOn> {
  const [first, last] = [days.reduce((a, b) => (a < b ? a : b)), days.reduce((a, b) => (a > b ? a : b))]
  if (plan.kind !== 'buy' || plan.instrumentId === null) return (day) => unknown('missing-close', `nothing is bought on ${day}`)
  return await priceOn(core, call, plan.instrumentId, plan.currency, first, last)
}

function statementFor(id: string, plan: PlanRow, date: PlainDate, price: PriceOn): Statement {
  const [amount, fee] = [Decimal.parse(plan.amount), Decimal.parse(plan.fee)]
  const entry: LedgerTransaction = {
    id,
    kind: plan.kind,
    date,
    accountId: plan.accountId,
    cashAccountId: plan.cashAccountId ?? undefined,
    instrumentId: plan.instrumentId ?? undefined,
    amount: plan.kind === 'buy' ? amount.minus(fee) : amount,
    currency: currency(plan.currency),
    fee,
    tax: Decimal.zero,
  }
  const note = plan.note || plan.name
  if (plan.kind !== 'buy') return { entry, price: null, note, state: 'draft' }
  const found = price(date)
  const bought = found.known ? plannedPurchase(amount, fee, found.value) : null
  if (bought) return { entry: { ...entry, quantity: bought.quantity }, price: null, note, state: 'draft' }
  return { entry, price: null, note, state: 'draft', needsReview: whyNoUnits(found, date) }
}

function whyNoUnits(price: ReturnType<PriceOn>, date: PlainDate): Review {
  if (price.known) return { code: 'unit-too-dear', facts: { date }, detail: `a unit costs more than the plan buys for on ${date}` }
  const code = price.reason === 'missing-rate' ? 'no-rate' : 'no-close'
  return { code, facts: { ...price.facts }, detail: price.detail }
}
