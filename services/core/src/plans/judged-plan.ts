import { checkTransaction, earliestDay, fieldsOf } from '@pe/finance/ledger/check-transaction.ts'
import { isCurrency } from '@pe/finance/money/currency.ts'
import { Decimal } from '@pe/finance/money/decimal.ts'
import { plainDate } from '@pe/finance/time/plain-date.ts'
import { orRefuse } from '@pe/platform/http/or-refuse.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { AccountBook } from '../store/accounts.ts'
import type { NewPlanRow, PlanRow } from '../store/plans.ts'

/** Against a change of what somebody else has changed since it was read. */
export function orRefuseOutdated({ version }: PlanRow, seen: number | undefined): void {
  if (version !== seen) throw new Refused('changed_meanwhile', `this plan is in version ${version} now, not ${seen}`)
}

/** An archived account takes nothing more, so that nothing is planned in it. */
export function orRefuseArchived(books: ReadonlyMap<string, AccountBook>): void {
  for (const { name, archivedOn } of books.values()) {
    if (archivedOn === null) continue
    const detail = `${name} is archived since ${archivedOn}`
    throw Refused.of({ code: 'account_archived', detail, facts: { case: 'since', account: name, archived: archivedOn } })
  }
}

const lastDay = plainDate('9999-12-31')

/** Refuses a plan whose drafts could never be posted: the rules for the fields of its kind, held against what it would state. */
export function orRefusePlan(plan: NewPlanRow): void {
  const { kind, amount, currency, fee, from, until, rhythm, day } = plan
  if (!isCurrency(currency)) throw new Refused('unknown_currency', `${currency} is no currency`)
  if (rhythm === 'weekly' && day > 7) throw new Refused('field_not_allowed', 'a week has days 1 (Monday) to 7 (Sunday)')
  if (from < earliestDay) throw new Refused('date_too_early', `${from} is before ${earliestDay}, the first day that is kept`)
  if (until !== null && until < from) throw new Refused('field_not_allowed', `the plan would end on ${until}, before it begins`)
  const [paid, charged] = [Decimal.parse(amount), Decimal.parse(fee)]
  if (!paid.isPositive()) throw new Refused('not_positive', 'amount must be more than 0')
  if (!charged.isZero() && kind !== 'buy') throw new Refused('field_not_allowed', 'only a purchase pays a fee out of its amount')
  if (kind === 'buy' && !charged.isLessThan(paid)) throw new Refused('not_positive', 'the fee leaves nothing to buy for')
  if (fieldsOf[kind].instrument === 'none' && plan.instrumentId !== null)
    throw new Refused('field_not_allowed', `${kind} takes no instrument`)
  const entry = {
    id: plan.id,
    kind,
    date: from,
    accountId: plan.accountId,
    instrumentId: plan.instrumentId ?? undefined,
    amount: paid,
    currency,
    fee: charged,
    tax: Decimal.zero,
  }
  orRefuse(checkTransaction(entry, { today: lastDay, incomplete: true }))
}
