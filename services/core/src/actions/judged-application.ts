import type { AccountChoice, AppliedAction } from '@pe/contracts/action-applications.ts'
import type { CorporateAction } from '@pe/contracts/actions.ts'
import type { Call } from '@pe/contracts/actor.ts'
import { costShareRefusal, termsOf } from '@pe/finance/actions/check-action.ts'
import { uncoveredEntries } from '@pe/finance/ledger/check-positions.ts'
import type { LedgerTransaction } from '@pe/finance/ledger/transaction.ts'
import { Decimal } from '@pe/finance/money/decimal.ts'
import { fitting, moneySize, quantitySize } from '@pe/finance/money/limits.ts'
import { orRefuse } from '@pe/platform/http/or-refuse.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import { orRefuseUnmatchedLots } from '../chosen-lots.ts'
import type { CoreDeps, CoreSql } from '../core-deps.ts'
import { type Books, positionRules, refusedUncovered } from '../coverage.ts'
import type { ChangedEntry } from '../facts.ts'
import { applicationRows, appliedTo } from '../store/action-applications.ts'
import { type BeforeAndAfter, instrumentsOf } from './effects.ts'

/** Market's record, as long as it stands. */
export async function standingAction(core: CoreDeps, call: Call, actionId: string): Promise<CorporateAction> {
  const action = await core.market.getAction({ params: { actionId } }, call)
  if (action.removedAt !== null) throw new Refused('not_found', 'this corporate action was removed')
  return action
}

/** The terms with the choices of the accounts, as they would be kept; refused where a choice makes no sense or was made before. */
export async function judgedApplication(
  db: CoreSql,
  call: Call,
  id: string,
  action: CorporateAction,
  choices: readonly AccountChoice[],
): Promise<AppliedAction> {
  for (const choice of choices) orRefuseChoice(action, choice)
  const accountIds = choices.map(({ accountId }) => accountId)
  if (new Set(accountIds).size < accountIds.length) throw new Refused('already_applied', 'an account is named twice')
  const standing = await applicationRows(db, call.actor)
    .where('action_id', '=', action.id)
    .where('undone_at', 'is', null)
    .where(appliedTo(accountIds))
    .execute()
  const before = new Set(standing.flatMap(({ accounts }) => accounts.map(({ accountId }) => accountId)))
  const again = accountIds.find((accountId) => before.has(accountId))
  if (again) throw new Refused('already_applied', `this corporate action was applied to account ${again} already`)
  const { kind, instrumentId, exDate, ratio, intoInstrumentId, cashPerUnit, currency, costShare, fractionPrice } = action
  const stated = { ratio, intoInstrumentId, cashPerUnit, costShare, fractionPrice }
  const terms = Object.fromEntries(Object.entries(stated).filter(([, value]) => value !== undefined))
  return { id, kind, instrumentId, exDate, currency, ...terms, accounts: [...choices] }
}

function orRefuseChoice({ kind }: CorporateAction, { costShare, cashInLieu }: AccountChoice): void {
  if (costShare !== undefined) {
    if (termsOf[kind].costShare === 'none') throw new Refused('field_not_allowed', `a ${kind} shares out no cost`)
    const share = orRefuse(fitting(Decimal.parse(costShare), quantitySize, 'cost share'))
    const refusal = costShareRefusal(share)
    if (refusal) throw Refused.of(refusal)
  }
  if (cashInLieu === undefined) return
  if (termsOf[kind].fractions === 'none') throw new Refused('field_not_allowed', `a ${kind} leaves no fractions`)
  const paid = orRefuse(fitting(Decimal.parse(cashInLieu), moneySize, 'cash in lieu'))
  if (paid.isNegative()) throw new Refused('not_positive', `cash in lieu must not be negative: ${paid}`)
}

/** The accounts with their units and with their cash. */
export function partiesOf(choices: readonly AccountChoice[]): string[] {
  return choices.flatMap(({ accountId, cashAccountId }) => (cashAccountId === undefined ? [accountId] : [accountId, cashAccountId]))
}

/** What changes with the application, as the ledger's readers are told: from the ex-date on, in every instrument it names. */
export function touchedBy(applied: AppliedAction): ChangedEntry[] {
  return applied.accounts.flatMap(({ accountId, cashAccountId }) =>
    instrumentsOf(applied).map((instrumentId) => ({ date: applied.exDate, accountId, cashAccountId, instrumentId })),
  )
}

/**
 * Refuses an application as applying it would be: an account that was archived before the ex-date, later sales that give out more than a
 * ledger holds, a choice of lots that is left unmatched.
 */
export async function orRefuseApplied(
  core: CoreDeps,
  db: CoreSql,
  call: Call,
  books: Books,
  { exDate }: Pick<AppliedAction, 'exDate'>,
  { before, after }: BeforeAndAfter,
): Promise<void> {
  for (const { name, archivedOn } of books.values()) {
    if (archivedOn === null || exDate <= archivedOn) continue
    const facts = { case: 'since', account: name, archived: archivedOn }
    throw Refused.of({ code: 'account_archived', detail: `${name} is archived since ${archivedOn}`, facts })
  }
  await orRefuseUncoveredLedger(core, call, books, after)
  await orRefuseUnmatchedLots(db, call, [...books.keys()], after, { added: [], read: async () => ({ before, after }) })
}

/** Refuses `not_enough_units` where a later sale would give out more than a ledger holds. */
export async function orRefuseUncoveredLedger(
  core: CoreDeps,
  call: Call,
  books: Books,
  ledger: readonly LedgerTransaction[],
): Promise<void> {
  const found = uncoveredEntries(ledger, positionRules(books)).next().value
  if (found) throw await refusedUncovered(core, call, books, found)
}
