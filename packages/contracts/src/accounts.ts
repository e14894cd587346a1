import { type Static, Type } from 'typebox'
import { closedPartial } from './closed-partial.ts'
import { page } from './page.ts'
import { routes } from './route.ts'
import { CurrencyCode, Cursor, Id, Instant, Limit, Name, Note, PlainDate } from './scalars.ts'

const closed = { additionalProperties: false } as const
export const accountId = Type.Object({ accountId: Id }, closed)

export const NewAccount = Type.Object(
  {
    name: Name,
    /** Cash moves in it unless a transaction says otherwise. */
    currency: CurrencyCode,
    openedOn: Type.Optional(PlainDate),
    /** A sale beyond the position opens a short one instead of being refused. */
    allowsShort: Type.Optional(Type.Boolean()),
    note: Type.Optional(Note),
  },
  { title: 'NewAccount', ...closed },
)
export type NewAccount = Static<typeof NewAccount>

export const Account = Type.Object(
  {
    id: Id,
    name: Name,
    currency: CurrencyCode,
    openedOn: Type.Union([PlainDate, Type.Null()]),
    allowsShort: Type.Boolean(),
    note: Note,
    /** Since this day it is out of the way: it keeps its history, and takes no transaction of a later day. */
    archivedOn: Type.Union([PlainDate, Type.Null()]),
    /** What is posted: a draft does not count yet. */
    transactionCount: Type.Integer(),
    createdAt: Instant,
    version: Type.Integer(),
  },
  { title: 'Account', ...closed },
)
export type Account = Static<typeof Account>

export const accountRoutes = routes({
  listAccounts: {
    method: 'GET',
    path: '/accounts',
    permission: 'book.read',
    summary: 'List accounts, by name',
    query: Type.Object({ portfolioId: Type.Optional(Id), cursor: Type.Optional(Cursor), limit: Type.Optional(Limit) }, closed),
    reply: page(Account, 'AccountPage'),
  },
  createAccount: {
    method: 'POST',
    path: '/accounts',
    permission: 'book.write',
    summary: 'Open an account',
    body: NewAccount,
    reply: Account,
    status: 201,
    version: 'etag',
    refusals: ['unknown_currency', 'name_taken', 'key_reused', 'key_in_use'],
  },
  getAccount: {
    method: 'GET',
    path: '/accounts/{accountId}',
    permission: 'book.read',
    summary: 'One account',
    params: accountId,
    reply: Account,
    version: 'etag',
    refusals: ['not_found'],
  },
  changeAccount: {
    method: 'PATCH',
    path: '/accounts/{accountId}',
    permission: 'book.write',
    summary: 'Rename an account or change its rules',
    params: accountId,
    body: closedPartial({
      name: Name,
      openedOn: PlainDate,
      allowsShort: Type.Boolean(),
      note: Note,
      /** A day archives it, null takes it out of the archive. */
      archivedOn: Type.Union([PlainDate, Type.Null()]),
    }),
    reply: Account,
    version: 'if-match',
    refusals: [
      'not_found',
      'changed_meanwhile',
      'precondition_required',
      'name_taken',
      'not_enough_units',
      'date_before_account_opened',
      'account_archived',
      'date_in_future',
    ],
  },
})
