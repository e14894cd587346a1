import { dayRules, type DayRule as FinanceDayRule, type Rhythm as FinanceRhythm, rhythms } from '@pe/finance/plans/due-days.ts'
import { type Static, Type } from 'typebox'
import { closedPartial } from './closed-partial.ts'
import { page } from './page.ts'
import { routes } from './route.ts'
import { CurrencyCode, Cursor, DecimalText, Id, Instant, Limit, Name, Note, PlainDate } from './scalars.ts'

const closed = { additionalProperties: false } as const

/** What recurs. A purchase is planned by its amount; its units follow from the close of the day. */
export const planKinds = ['buy', 'deposit', 'withdrawal', 'fee', 'interest', 'interest-charge', 'tax'] as const
export type PlanKind = (typeof planKinds)[number]
export const PlanKind = Type.Unsafe<PlanKind>(Type.String({ title: 'PlanKind', enum: [...planKinds] }))

export const Rhythm = Type.Unsafe<FinanceRhythm>(Type.String({ title: 'Rhythm', enum: [...rhythms] }))
export const DayRule = Type.Unsafe<FinanceDayRule>(
  Type.String({
    title: 'DayRule',
    enum: [...dayRules],
    description: 'Whether a day on a weekend moves to Monday; bank holidays are not known',
  }),
)

const plan = {
  name: Name,
  /** What leaves or reaches the account each time; a purchase pays its fee out of it. */
  amount: DecimalText,
  rhythm: Rhythm,
  /** Weekly: 1 Monday to 7 Sunday. Else the day of the month, cut to the end of a shorter one. */
  day: Type.Integer({ minimum: 1, maximum: 31 }),
  dayRule: DayRule,
}

export const NewPlan = Type.Object(
  {
    ...plan,
    accountId: Id,
    /** The account that pays, when it is another. */
    cashAccountId: Type.Optional(Id),
    kind: PlanKind,
    instrumentId: Type.Optional(Id),
    /** Of amount and fee; the account's when absent. */
    currency: Type.Optional(CurrencyCode),
    fee: Type.Optional(DecimalText),
    from: PlainDate,
    until: Type.Optional(PlainDate),
    note: Type.Optional(Note),
  },
  { title: 'NewPlan', ...closed },
)
export type NewPlan = Static<typeof NewPlan>

/** A savings plan or another thing that recurs. It posts nothing: drafts wait for a person. */
export const Plan = Type.Object(
  {
    ...plan,
    id: Id,
    accountId: Id,
    cashAccountId: Type.Union([Id, Type.Null()]),
    kind: PlanKind,
    instrumentId: Type.Union([Id, Type.Null()]),
    currency: CurrencyCode,
    fee: DecimalText,
    from: PlainDate,
    until: Type.Union([PlainDate, Type.Null()]),
    note: Note,
    /** Drafts that wait. */
    drafts: Type.Integer(),
    /** How many days it has brought so far. */
    drafted: Type.Integer(),
    /** It brings nothing from this day on; null while it runs. */
    pausedOn: Type.Union([PlainDate, Type.Null()]),
    /** Days that have been due since it was paused: resuming leaves them out unless it is asked to draft them. */
    missed: Type.Integer(),
    /** Null when it is paused or has ended. */
    nextDue: Type.Union([PlainDate, Type.Null()]),
    createdAt: Instant,
    version: Type.Integer(),
  },
  { title: 'Plan', ...closed },
)
export type Plan = Static<typeof Plan>

const planId = Type.Object({ planId: Id }, closed)
const fields = [
  'not_found',
  'unknown_currency',
  'instrument_missing',
  'field_missing',
  'field_not_allowed',
  'not_positive',
  'too_precise',
  'too_large',
  'date_too_early',
] as const

export const planRoutes = routes({
  listPlans: {
    method: 'GET',
    path: '/plans',
    permission: 'book.read',
    summary: 'Savings plans and other recurring events, by name',
    query: Type.Object(
      { portfolioId: Type.Optional(Id), accountId: Type.Optional(Id), cursor: Type.Optional(Cursor), limit: Type.Optional(Limit) },
      closed,
    ),
    reply: page(Plan, 'PlanPage'),
    refusals: ['not_found'],
  },
  createPlan: {
    method: 'POST',
    path: '/plans',
    permission: 'book.write',
    summary: 'Plan something that recurs; days that have passed bring their drafts at once',
    body: NewPlan,
    reply: Plan,
    status: 201,
    version: 'etag',
    refusals: [...fields, 'account_archived', 'key_reused', 'key_in_use'],
  },
  getPlan: {
    method: 'GET',
    path: '/plans/{planId}',
    permission: 'book.read',
    summary: 'One plan',
    params: planId,
    reply: Plan,
    version: 'etag',
    refusals: ['not_found'],
  },
  changePlan: {
    method: 'PATCH',
    path: '/plans/{planId}',
    permission: 'book.write',
    summary: 'Change a plan from its next day on; drafts that stand stay as they are',
    params: planId,
    body: closedPartial({ ...plan, fee: DecimalText, until: Type.Union([PlainDate, Type.Null()]), note: Note }),
    reply: Plan,
    version: 'if-match',
    refusals: [...fields, 'changed_meanwhile', 'precondition_required'],
  },
  pausePlan: {
    method: 'POST',
    path: '/plans/{planId}/pause',
    permission: 'book.write',
    summary: 'Pause a plan: from today on its days bring no drafts; those that stand stay',
    params: planId,
    body: Type.Object({}, closed),
    reply: Plan,
    version: 'if-match',
    refusals: ['not_found', 'already_paused', 'changed_meanwhile', 'precondition_required'],
  },
  resumePlan: {
    method: 'POST',
    path: '/plans/{planId}/resume',
    permission: 'book.write',
    summary: 'Let a paused plan go on from today; the days that have passed meanwhile bring drafts only if that is asked for',
    params: planId,
    body: Type.Object(
      { missed: Type.Optional(Type.Union([Type.Literal('leave-out'), Type.Literal('draft')])) },
      { title: 'PlanResumed', ...closed },
    ),
    reply: Plan,
    version: 'if-match',
    refusals: ['not_found', 'not_paused', 'account_archived', 'changed_meanwhile', 'precondition_required'],
  },
  removePlan: {
    method: 'DELETE',
    path: '/plans/{planId}',
    permission: 'book.write',
    summary: 'Give a plan up; what it brought stays',
    params: planId,
    reply: Type.Object({ id: Id }, { title: 'PlanRemoved', ...closed }),
    refusals: ['not_found'],
  },
})
