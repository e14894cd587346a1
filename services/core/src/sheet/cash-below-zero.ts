import type { Call } from '@pe/contracts/actor.ts'
import type { CashBelowZero } from '@pe/contracts/sheet.ts'
import { inOrder } from '@pe/finance/ledger/order.ts'
import { moneyPostings } from '@pe/finance/ledger/postings.ts'
import type { LedgerTransaction } from '@pe/finance/ledger/transaction.ts'
import { Decimal } from '@pe/finance/money/decimal.ts'
import type { PlainDate } from '@pe/finance/time/plain-date.ts'
import { converterFor } from '../cash.ts'
import type { CoreDeps, CoreSql } from '../core-deps.ts'
import { touchingAny } from '../store/touching.ts'
import { accountsOf, journal, ledgerEntryOf } from '../store/transactions.ts'
import { addedBy, type JudgedLine, removedBy } from './judged-line.ts'

interface Running {
  readonly accountId: string
  readonly currency: string
  before: Decimal
  after: Decimal
  from: PlainDate | null
  lowest: Decimal
}

/**
 * Where cash ends a day below nothing with the lines and would not, or not so far, without them. Told from the first such day on, with the
 * lowest balance; balances that an unknown rate leads into are left out.
 */
export async function cashBelowZero(core: CoreDeps, db: CoreSql, call: Call, judged: readonly JudgedLine[]): Promise<CashBelowZero[]> {
  const [added, removed] = [judged.flatMap(addedBy), judged.flatMap(removedBy)]
  const accountIds = [...new Set([...added, ...removed].flatMap((entry) => [...accountsOf(entry)]))]
  if (accountIds.length === 0) return []
  const rows = await journal(db, call.actor)
    .where('state', '=', 'posted')
    .where(touchingAny(accountIds))
    .orderBy('transaction.date')
    .orderBy('transaction.sequence')
    .execute()
  const standing = rows.map(ledgerEntryOf)
  const [gone, come] = [new Set(removed.map(({ id }) => id)), new Set<LedgerTransaction>(added)]
  const ledger = inOrder([...standing, ...added].toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0)))
  const converter = await converterFor(core, call, ledger)
  const balances = new Map<string, Running>()
  const touched = new Set<Running>()
  const endOfDay = (date: PlainDate): void => {
    for (const balance of touched) {
      const { before, after } = balance
      if (!after.isNegative() || !after.isLessThan(before)) continue
      balance.from ??= date
      if (after.isLessThan(balance.lowest)) balance.lowest = after
    }
    touched.clear()
  }
  for (const [at, entry] of ledger.entries()) {
    const legs = moneyPostings(entry, converter)
    for (const leg of legs.known ? legs.value : []) {
      if (leg.book !== 'cash' || !accountIds.includes(leg.accountId)) continue
      const key = `${leg.accountId} ${leg.unit}`
      const zero = Decimal.zero
      const balance = balances.get(key) ?? {
        accountId: leg.accountId,
        currency: leg.unit,
        before: zero,
        after: zero,
        from: null,
        lowest: zero,
      }
      balances.set(key, balance)
      if (!come.has(entry)) balance.before = balance.before.plus(leg.amount)
      if (!gone.has(entry.id)) balance.after = balance.after.plus(leg.amount)
      touched.add(balance)
    }
    if (ledger[at + 1]?.date !== entry.date) endOfDay(entry.date)
  }
  return [...balances.values()].flatMap(({ accountId, currency, from, lowest }) =>
    from === null ? [] : [{ accountId, currency, from, lowest: lowest.toString() }],
  )
}
