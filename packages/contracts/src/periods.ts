import { type Static, Type } from 'typebox'
import { page } from './page.ts'
import { routes } from './route.ts'
import { Cursor, Id, Instant, Limit, Note, PlainDate } from './scalars.ts'

const closed = { additionalProperties: false } as const

/** A period that was closed: all days up to one, of one account or of all. Reopening keeps it as history. */
export const PeriodLock = Type.Object(
  {
    id: Id,
    /** Null: every account of the organisation. */
    accountId: Type.Union([Id, Type.Null()]),
    closedThrough: PlainDate,
    reason: Note,
    closedAt: Instant,
    closedBy: Id,
    /** Null while it is closed. */
    reopenedAt: Type.Union([Instant, Type.Null()]),
    reopenedBy: Type.Union([Id, Type.Null()]),
    reopenReason: Type.Union([Note, Type.Null()]),
    /** How many writes changed it nevertheless, each with a reason of its own. */
    overrides: Type.Integer(),
  },
  { title: 'PeriodLock', ...closed },
)
export type PeriodLock = Static<typeof PeriodLock>

/** A write that changed a closed period, with the right to. */
export const PeriodOverride = Type.Object(
  { id: Id, lockId: Id, at: Instant, by: Id, reason: Note, firstDay: PlainDate, entries: Type.Integer() },
  { title: 'PeriodOverride', ...closed },
)
export type PeriodOverride = Static<typeof PeriodOverride>

const lockId = Type.Object({ lockId: Id }, closed)

export const periodRoutes = routes({
  listPeriodLocks: {
    method: 'GET',
    path: '/period-locks',
    permission: 'book.read',
    summary: 'Closed periods and those reopened since, newest first',
    query: Type.Object(
      {
        /** Those that hold for this account: its own and those of all accounts. */
        accountId: Type.Optional(Id),
        /** Only those that are closed now. */
        closed: Type.Optional(Type.Boolean()),
        cursor: Type.Optional(Cursor),
        limit: Type.Optional(Limit),
      },
      closed,
    ),
    reply: page(PeriodLock, 'PeriodLockPage'),
  },
  closePeriod: {
    method: 'POST',
    path: '/period-locks',
    permission: 'book.close',
    summary: 'Close all days up to one: nothing posted in them is added, changed or voided any more',
    body: Type.Object(
      { accountId: Type.Optional(Id), closedThrough: PlainDate, reason: Type.Optional(Note) },
      { title: 'NewPeriodLock', ...closed },
    ),
    reply: PeriodLock,
    status: 201,
    refusals: ['not_found', 'date_in_future', 'key_reused', 'key_in_use'],
  },
  reopenPeriod: {
    method: 'POST',
    path: '/period-locks/{lockId}/reopen',
    permission: 'book.close',
    summary: 'Reopen a closed period; that it was closed stays on record',
    params: lockId,
    body: Type.Object({ reason: Type.Optional(Note) }, closed),
    reply: PeriodLock,
    refusals: ['not_found', 'already_reopened'],
  },
  listPeriodOverrides: {
    method: 'GET',
    path: '/period-locks/{lockId}/overrides',
    permission: 'book.read',
    summary: 'The writes that changed a closed period nevertheless, newest first',
    params: lockId,
    query: Type.Object({ cursor: Type.Optional(Cursor), limit: Type.Optional(Limit) }, closed),
    reply: page(PeriodOverride, 'PeriodOverridePage'),
    refusals: ['not_found'],
  },
})
