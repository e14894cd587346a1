import type { TransactionKind as LedgerKind } from '@pe/finance/ledger/transaction.ts'
import { transactionKinds } from '@pe/finance/ledger/transaction.ts'
import { type Static, Type } from 'typebox'
import { actionId, actionTerms } from './actions.ts'
import { page } from './page.ts'
import { Position } from './positions.ts'
import { routes } from './route.ts'
import { CurrencyCode, Cursor, DecimalText, Id, Instant, Limit, Money } from './scalars.ts'

const closed = { additionalProperties: false } as const

const choice = {
  accountId: Id,
  /** Where the cash goes when not into the account itself. */
  cashAccountId: Type.Optional(Id),
  /** The part of the cost that goes over, when not the one of the terms. */
  costShare: Type.Optional(DecimalText),
  /** What the broker paid for the fraction, when not fraction × price. */
  cashInLieu: Type.Optional(DecimalText),
}

/** What one account makes of a corporate action. */
export const AccountChoice = Type.Object(choice, { title: 'AccountChoice', ...closed })
export type AccountChoice = Static<typeof AccountChoice>

/** The terms as they were applied, with the choices of the accounts: what finance's `withActions` takes. */
export const AppliedAction = Type.Object(
  { id: Id, ...actionTerms, currency: CurrencyCode, accounts: Type.Array(AccountChoice) },
  { title: 'AppliedAction', ...closed },
)
export type AppliedAction = Static<typeof AppliedAction>

/** One entry that an action brings into the ledger of an account. Its id, `application/account/leg`, stays the same. */
export const ActionLeg = Type.Object(
  {
    id: Type.String(),
    kind: Type.Unsafe<LedgerKind>(Type.String({ enum: [...transactionKinds] })),
    instrumentId: Id,
    /** Signed for `split` (units more or fewer) and `conversion` (units given up). */
    quantity: Type.Union([DecimalText, Type.Null()]),
    amount: DecimalText,
    currency: CurrencyCode,
    into: Type.Union([Type.Object({ instrumentId: Id, quantity: DecimalText, costShare: DecimalText }, closed), Type.Null()]),
  },
  { title: 'ActionLeg', ...closed },
)
export type ActionLeg = Static<typeof ActionLeg>

/** An account at the end of the ex-date: of the instruments that the action names, and of its cash account. */
const side = Type.Object({ positions: Type.Array(Position), cash: Type.Array(Money) }, { title: 'ActionSide', ...closed })

export const ActionEffect = Type.Object(
  { accountId: Id, cashAccountId: Id, before: side, after: side, legs: Type.Array(ActionLeg) },
  { title: 'ActionEffect', ...closed },
)
export type ActionEffect = Static<typeof ActionEffect>

export const ActionApplication = Type.Object(
  {
    id: Id,
    actionId: Id,
    ...actionTerms,
    currency: CurrencyCode,
    /** What it brings into each account; once undone, what it had brought. */
    accounts: Type.Array(Type.Object({ ...choice, legs: Type.Array(ActionLeg) }, { title: 'AppliedToAccount', ...closed })),
    appliedAt: Instant,
    appliedBy: Id,
    undoneAt: Type.Union([Instant, Type.Null()]),
    undoneBy: Type.Union([Id, Type.Null()]),
  },
  { title: 'ActionApplication', ...closed },
)
export type ActionApplication = Static<typeof ActionApplication>

const accounts = Type.Array(AccountChoice, { minItems: 1, maxItems: 200 })

export const actionApplicationRoutes = routes({
  previewAction: {
    method: 'POST',
    path: '/actions/{actionId}/preview',
    permission: 'book.read',
    summary: 'What a corporate action would do to accounts, those that hold the instrument when none is named; nothing is written',
    params: actionId,
    body: Type.Object({ accounts: Type.Optional(accounts) }, closed),
    reply: Type.Object({ effects: Type.Array(ActionEffect) }, { title: 'ActionPreview', ...closed }),
    refusals: [
      'not_found',
      'already_applied',
      'account_archived',
      'not_enough_units',
      'lots_do_not_match',
      'cost_share_out_of_range',
      'not_positive',
      'too_precise',
      'too_large',
    ],
  },
  applyAction: {
    method: 'POST',
    path: '/actions/{actionId}/apply',
    permission: 'book.write',
    summary: 'Apply a corporate action to accounts, with the choices of each; nothing recorded is changed',
    params: actionId,
    body: Type.Object({ accounts }, closed),
    reply: ActionApplication,
    status: 201,
    refusals: [
      'not_found',
      'already_applied',
      'account_archived',
      'not_enough_units',
      'lots_do_not_match',
      'date_in_future',
      'period_closed',
      'cost_share_out_of_range',
      'not_positive',
      'too_precise',
      'too_large',
    ],
  },
  undoActionApplication: {
    method: 'POST',
    path: '/action-applications/{applicationId}/undo',
    permission: 'book.write',
    summary: 'Undo the application of a corporate action: every figure is what it was before, and both stay in the journal',
    params: Type.Object({ applicationId: Id }, closed),
    body: Type.Object({}, closed),
    reply: ActionApplication,
    refusals: ['not_found', 'already_undone', 'not_enough_units', 'lots_do_not_match', 'period_closed'],
  },
  listActionApplications: {
    method: 'GET',
    path: '/action-applications',
    permission: 'book.read',
    summary: 'Applied corporate actions, undone ones too, newest ex-date first',
    query: Type.Object(
      {
        portfolioId: Type.Optional(Id),
        accountId: Type.Optional(Id),
        instrumentId: Type.Optional(Id),
        cursor: Type.Optional(Cursor),
        limit: Type.Optional(Limit),
      },
      closed,
    ),
    reply: page(ActionApplication, 'ActionApplicationPage'),
  },
})
