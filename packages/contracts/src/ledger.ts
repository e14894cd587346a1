import { Type } from 'typebox'
import { AppliedAction } from './action-applications.ts'
import { LedgerColumns } from './ledger-columns.ts'
import { routes } from './route.ts'
import { CurrencyCode, Id, KnownAt, PlainDate } from './scalars.ts'

const closed = { additionalProperties: false } as const

/** How far the book of an account has got. */
const bookVersion = Type.Object({ accountId: Id, version: Type.Integer(), currency: CurrencyCode }, closed)

/** For other services only. */
export const ledgerRoutes = routes({
  ledger: {
    method: 'POST',
    path: '/internal/ledger',
    permission: 'service',
    summary: 'The posted transactions that touch these accounts, by day as recorded, with the version of each account’s book',
    body: Type.Object(
      {
        accountIds: Type.Array(Id),
        /** Only those that name one of these instruments. */
        instrumentIds: Type.Optional(Type.Array(Id)),
        knownAt: Type.Optional(KnownAt),
      },
      closed,
    ),
    reply: Type.Object(
      {
        versions: Type.Array(bookVersion),
        /** Up to which change of the journal this reading goes. */
        upTo: Type.Integer(),
        entries: LedgerColumns,
        /** Corporate actions applied to these accounts, in order: `entries` is raw, finance's `withActions` brings in what they do. */
        actions: Type.Array(AppliedAction),
      },
      closed,
    ),
  },
  ledgerChanges: {
    method: 'POST',
    path: '/internal/ledger-changes',
    permission: 'service',
    summary: 'The days of these books on which anything changed since a reading of them, and all the entries that those days hold now',
    body: Type.Object({ accountIds: Type.Array(Id), since: Type.Integer() }, closed),
    reply: Type.Object(
      {
        versions: Type.Array(bookVersion),
        upTo: Type.Integer(),
        days: Type.Array(PlainDate),
        entries: LedgerColumns,
        /** All of them, whatever changed. */
        actions: Type.Array(AppliedAction),
      },
      closed,
    ),
  },
  bookVersions: {
    method: 'POST',
    path: '/internal/book-versions',
    permission: 'service',
    summary: 'How far the books of these accounts have got: what is derived from an older version is out of date',
    body: Type.Object({ accountIds: Type.Array(Id) }, closed),
    reply: Type.Object({ versions: Type.Array(Type.Object({ accountId: Id, version: Type.Integer() }, closed)) }, closed),
  },
  instrumentsInUse: {
    method: 'POST',
    path: '/internal/instruments-in-use',
    permission: 'service',
    summary: 'Which of these instruments any transaction that is not void names',
    body: Type.Object({ instrumentIds: Type.Array(Id) }, closed),
    reply: Type.Object({ instrumentIds: Type.Array(Id) }, closed),
  },
})
