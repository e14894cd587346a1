import { actionKinds, type ActionKind as Kind } from '@pe/finance/actions/corporate-action.ts'
import { type Static, Type } from 'typebox'
import { page } from './page.ts'
import { routes } from './route.ts'
import { CurrencyCode, Cursor, DecimalText, Id, Instant, Limit, Note, PlainDate } from './scalars.ts'

const closed = { additionalProperties: false } as const
export const actionId = Type.Object({ actionId: Id }, closed)

export const ActionKind = Type.Unsafe<Kind>(Type.String({ title: 'ActionKind', enum: [...actionKinds] }))

/** New units for old ones: 2 for 1. */
export const ActionRatio = Type.Object({ new: DecimalText, old: DecimalText }, { title: 'ActionRatio', ...closed })

/** What each kind takes and leaves out is a table of finance (`termsOf`). */
export const actionTerms = {
  kind: ActionKind,
  instrumentId: Id,
  /** The action comes before everything else of this day. */
  exDate: PlainDate,
  /** Of a split: units after for units before. Of everything else: units received for units held. */
  ratio: Type.Optional(ActionRatio),
  intoInstrumentId: Type.Optional(Id),
  /** Cash for each unit held. */
  cashPerUnit: Type.Optional(DecimalText),
  /** The part of the cost that goes over to the units received, 0 to 1. */
  costShare: Type.Optional(DecimalText),
  /** What a fraction of a unit is paid out at; fractions are kept without it. */
  fractionPrice: Type.Optional(DecimalText),
}

export const NewAction = Type.Object(
  {
    ...actionTerms,
    /** Of cash, and of the price of fractions; the instrument's when absent. */
    currency: Type.Optional(CurrencyCode),
    note: Type.Optional(Note),
  },
  { title: 'NewAction', ...closed },
)
export type NewAction = Static<typeof NewAction>

export const CorporateAction = Type.Object(
  {
    id: Id,
    ...actionTerms,
    currency: CurrencyCode,
    note: Note,
    recordedAt: Instant,
    /** Removed actions are kept, and found by their id only. */
    removedAt: Type.Union([Instant, Type.Null()]),
    version: Type.Integer(),
  },
  { title: 'CorporateAction', ...closed },
)
export type CorporateAction = Static<typeof CorporateAction>

const termRefusals = [
  'not_found',
  'not_positive',
  'too_precise',
  'too_large',
  'field_missing',
  'field_not_allowed',
  'cost_share_out_of_range',
  'unknown_currency',
  'already_recorded',
] as const

/** Market's record of what companies do; what an account makes of it is core's (action-applications.ts). */
export const actionRoutes = routes({
  listActions: {
    method: 'GET',
    path: '/actions',
    permission: 'market.read',
    summary: 'Corporate actions, newest ex-date first',
    query: Type.Object(
      {
        /** Those that concern it, as what is held or as what is received. */
        instrumentId: Type.Optional(Id),
        from: Type.Optional(PlainDate),
        to: Type.Optional(PlainDate),
        cursor: Type.Optional(Cursor),
        limit: Type.Optional(Limit),
      },
      closed,
    ),
    reply: page(CorporateAction, 'CorporateActionPage'),
  },
  recordAction: {
    method: 'POST',
    path: '/actions',
    permission: 'market.write',
    summary: 'Record a corporate action; the same one given again is the one that stands',
    body: NewAction,
    reply: CorporateAction,
    status: 201,
    version: 'etag',
    refusals: termRefusals,
  },
  getAction: {
    method: 'GET',
    path: '/actions/{actionId}',
    permission: 'market.read',
    summary: 'One corporate action, removed ones too',
    params: actionId,
    reply: CorporateAction,
    version: 'etag',
    refusals: ['not_found'],
  },
  changeAction: {
    method: 'PUT',
    path: '/actions/{actionId}',
    permission: 'market.write',
    summary: 'Change the terms of a corporate action; where it was applied the earlier terms stay until it is applied anew',
    params: actionId,
    body: NewAction,
    reply: CorporateAction,
    version: 'if-match',
    refusals: [...termRefusals, 'changed_meanwhile', 'precondition_required'],
  },
  removeAction: {
    method: 'POST',
    path: '/actions/{actionId}/remove',
    permission: 'market.write',
    summary: 'Take a corporate action off the list; it is kept',
    params: actionId,
    body: Type.Object({}, closed),
    reply: CorporateAction,
    version: 'if-match',
    refusals: ['not_found', 'changed_meanwhile', 'precondition_required'],
  },
})
