import type { TransactionKind as LedgerKind, RecordedKind } from '@pe/finance/ledger/transaction.ts'
import { recordedKinds, transactionKinds } from '@pe/finance/ledger/transaction.ts'
import { costMethods, type CostMethod as Method } from '@pe/finance/lots/cost-method.ts'
import { refusalCodes } from '@pe/finance/refusal-codes.ts'
import { type Static, Type } from 'typebox'
import { page } from './page.ts'
import { routes } from './route.ts'
import { CurrencyCode, Cursor, DecimalText, Id, Instant, Limit, Money, Name, Note, PlainDate, TimeOfDay } from './scalars.ts'

const closed = { additionalProperties: false } as const
const accountId = Type.Object({ accountId: Id }, closed)
const portfolioId = Type.Object({ portfolioId: Id }, closed)
const transactionId = Type.Object({ transactionId: Id }, closed)

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
    transactionCount: Type.Integer(),
    createdAt: Instant,
    version: Type.Integer(),
  },
  { title: 'Account', ...closed },
)
export type Account = Static<typeof Account>

export const CostMethod = Type.Unsafe<Method>(Type.String({ title: 'CostMethod', enum: [...costMethods] }))
export type CostMethod = Method

export const NewPortfolio = Type.Object(
  {
    name: Name,
    baseCurrency: CurrencyCode,
    accountIds: Type.Array(Id, { maxItems: 500 }),
    costMethod: Type.Optional(CostMethod),
  },
  { title: 'NewPortfolio', ...closed },
)
export type NewPortfolio = Static<typeof NewPortfolio>

/** A view: a named set of accounts with a base currency and a cost method. */
export const Portfolio = Type.Object(
  {
    id: Id,
    name: Name,
    baseCurrency: CurrencyCode,
    costMethod: CostMethod,
    accountIds: Type.Array(Id),
    /** Day of its first posted transaction; null while it is empty. */
    firstDay: Type.Union([PlainDate, Type.Null()]),
    lastDay: Type.Union([PlainDate, Type.Null()]),
    transactionCount: Type.Integer(),
    createdAt: Instant,
    version: Type.Integer(),
  },
  { title: 'Portfolio', ...closed },
)
export type Portfolio = Static<typeof Portfolio>

export const TransactionKind = Type.Unsafe<RecordedKind>(Type.String({ title: 'TransactionKind', enum: [...recordedKinds] }))

/** Only posted transactions count. */
export const TransactionState = Type.Union([Type.Literal('posted'), Type.Literal('draft'), Type.Literal('void')], {
  title: 'TransactionState',
})
export type TransactionState = Static<typeof TransactionState>

const RecordedRate = Type.Object({ from: CurrencyCode, to: CurrencyCode, value: DecimalText }, { title: 'RecordedRate', ...closed })

const LotChoice = Type.Object({ transactionId: Id, quantity: DecimalText }, { title: 'LotChoice', ...closed })

/** What a person states. Amounts and quantities are positive: the kind gives the direction. `amount` is gross, before fee and tax. */
const statement = {
  kind: TransactionKind,
  date: PlainDate,
  time: Type.Optional(TimeOfDay),
  instrumentId: Type.Optional(Id),
  quantity: Type.Optional(DecimalText),
  /** Per unit; with quantity it gives the amount when that is absent. */
  price: Type.Optional(DecimalText),
  amount: Type.Optional(DecimalText),
  /** Of price, amount, fee and tax; the account's when absent. */
  currency: Type.Optional(CurrencyCode),
  fee: Type.Optional(DecimalText),
  tax: Type.Optional(DecimalText),
  cashCurrency: Type.Optional(CurrencyCode),
  cashAccountId: Type.Optional(Id),
  toAccountId: Type.Optional(Id),
  received: Type.Optional(Money),
  rate: Type.Optional(RecordedRate),
  /** The lots that leave, whatever the cost method would take; the rest of the quantity follows the method. */
  lots: Type.Optional(Type.Array(LotChoice, { maxItems: 1000 })),
  note: Type.Optional(Note),
}

export const NewTransaction = Type.Object(
  { ...statement, state: Type.Optional(Type.Union([Type.Literal('posted'), Type.Literal('draft')])) },
  { title: 'NewTransaction', ...closed },
)
export type NewTransaction = Static<typeof NewTransaction>

export const Transaction = Type.Object(
  {
    id: Id,
    accountId: Id,
    kind: TransactionKind,
    state: TransactionState,
    date: PlainDate,
    time: Type.Union([TimeOfDay, Type.Null()]),
    cashAccountId: Type.Union([Id, Type.Null()]),
    toAccountId: Type.Union([Id, Type.Null()]),
    instrumentId: Type.Union([Id, Type.Null()]),
    quantity: Type.Union([DecimalText, Type.Null()]),
    price: Type.Union([DecimalText, Type.Null()]),
    amount: DecimalText,
    currency: CurrencyCode,
    fee: DecimalText,
    tax: DecimalText,
    cashCurrency: Type.Union([CurrencyCode, Type.Null()]),
    received: Type.Union([Money, Type.Null()]),
    rate: Type.Union([RecordedRate, Type.Null()]),
    lots: Type.Union([Type.Array(LotChoice), Type.Null()]),
    note: Note,
    /** What moves on the cash side, signed: −1,004.90 for a purchase of 1,000 with a fee of 4.90; null without cash. */
    cashEffect: Type.Union([Money, Type.Null()]),
    importId: Type.Union([Id, Type.Null()]),
    /** The transaction that this one replaces (void-and-record), and the one that replaced it. */
    replaces: Type.Union([Id, Type.Null()]),
    replacedBy: Type.Union([Id, Type.Null()]),
    voidReason: Type.Union([Type.String(), Type.Null()]),
    recordedAt: Instant,
    version: Type.Integer(),
  },
  { title: 'Transaction', ...closed },
)
export type Transaction = Static<typeof Transaction>

/** What recording answers: the transaction, and what the account holds of the instrument after it. */
export const Booking = Type.Object(
  { transaction: Transaction, unitsAfter: Type.Union([DecimalText, Type.Null()]), cashAfter: Type.Array(Money) },
  { title: 'Booking', ...closed },
)
export type Booking = Static<typeof Booking>

export const Lot = Type.Object(
  {
    accountId: Id,
    acquiredOn: PlainDate,
    quantity: DecimalText,
    /** What the units still held cost, fees included, in the currency that was paid; null in an average that mixes currencies. */
    cost: Type.Union([Money, Type.Null()]),
  },
  { title: 'Lot', ...closed },
)

export const Position = Type.Object(
  { instrumentId: Id, quantity: DecimalText, lots: Type.Array(Lot) },
  { title: 'Position', description: 'Units and lots held on a day. Values are analytics’ part: see holdings.', ...closed },
)
export type Position = Static<typeof Position>

export const Positions = Type.Object(
  {
    asOf: PlainDate,
    costMethod: CostMethod,
    positions: Type.Array(Position),
    cash: Type.Array(Type.Object({ accountId: Id, balance: Money }, closed)),
  },
  { title: 'Positions', ...closed },
)
export type Positions = Static<typeof Positions>

/** One transaction of a batch: accounts by key, so that a batch can bring its accounts along. */
export const BatchTransaction = Type.Object(
  {
    ...statement,
    state: Type.Union([Type.Literal('posted'), Type.Literal('draft')]),
    accountKey: Type.String(),
    cashAccountKey: Type.Optional(Type.String()),
    toAccountKey: Type.Optional(Type.String()),
    /** Idempotency across imports, scoped to the account: the broker's id or a hash of the row (import-formats.md e.0.7). */
    sourceKey: Type.String({ maxLength: 200 }),
    /** Row of the file, for refusals. */
    row: Type.Integer(),
  },
  { title: 'BatchTransaction', ...closed },
)
export type BatchTransaction = Static<typeof BatchTransaction>

/** Row by row: `recorded`, `duplicate` (its sourceKey stands in the account already), or `refused`. */
export const BatchRow = Type.Object(
  {
    row: Type.Integer(),
    result: Type.Union([Type.Literal('recorded'), Type.Literal('duplicate'), Type.Literal('refused')]),
    code: Type.Optional(Type.String()),
    detail: Type.Optional(Type.String()),
  },
  closed,
)

/** One posted transaction in the ledger's own order, for other services. */
export const LedgerEntry = Type.Object({
  id: Id,
  /** Those that corporate actions bring are among them: a split changes units, a conversion turns units of one instrument into another. */
  kind: Type.Unsafe<LedgerKind>(Type.String({ enum: [...transactionKinds] })),
  date: PlainDate,
  time: Type.Optional(TimeOfDay),
  accountId: Id,
  cashAccountId: Type.Optional(Id),
  toAccountId: Type.Optional(Id),
  instrumentId: Type.Optional(Id),
  quantity: Type.Optional(DecimalText),
  amount: DecimalText,
  currency: CurrencyCode,
  fee: DecimalText,
  tax: DecimalText,
  cashCurrency: Type.Optional(CurrencyCode),
  received: Type.Optional(Money),
  rate: Type.Optional(RecordedRate),
  lots: Type.Optional(Type.Array(LotChoice)),
  into: Type.Optional(Type.Object({ instrumentId: Id, quantity: DecimalText, costShare: DecimalText }, closed)),
})
export type LedgerEntry = Static<typeof LedgerEntry>

/** How far the book of an account has got. */
const bookVersion = Type.Object({ accountId: Id, version: Type.Integer(), currency: CurrencyCode }, closed)

export const coreRoutes = routes({
  listAccounts: {
    method: 'GET',
    path: '/accounts',
    summary: 'List accounts, by name',
    query: Type.Object({ portfolioId: Type.Optional(Id), cursor: Type.Optional(Cursor), limit: Type.Optional(Limit) }, closed),
    reply: page(Account, 'AccountPage'),
  },
  createAccount: {
    method: 'POST',
    path: '/accounts',
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
    summary: 'One account',
    params: accountId,
    reply: Account,
    version: 'etag',
    refusals: ['not_found'],
  },
  changeAccount: {
    method: 'PATCH',
    path: '/accounts/{accountId}',
    summary: 'Rename an account or change its rules',
    params: accountId,
    body: Type.Partial(Type.Object({ name: Name, openedOn: PlainDate, allowsShort: Type.Boolean(), note: Note }, closed)),
    reply: Account,
    version: 'if-match',
    refusals: ['not_found', 'changed_meanwhile', 'precondition_required', 'name_taken', 'not_enough_units', 'date_before_account_opened'],
  },
  listPortfolios: {
    method: 'GET',
    path: '/portfolios',
    summary: 'List portfolios, by name',
    query: Type.Object({ name: Type.Optional(Name), cursor: Type.Optional(Cursor), limit: Type.Optional(Limit) }, closed),
    reply: page(Portfolio, 'PortfolioPage'),
  },
  createPortfolio: {
    method: 'POST',
    path: '/portfolios',
    summary: 'Create a portfolio: a view of accounts',
    body: NewPortfolio,
    reply: Portfolio,
    status: 201,
    version: 'etag',
    refusals: ['unknown_currency', 'name_taken', 'not_found', 'key_reused', 'key_in_use'],
  },
  getPortfolio: {
    method: 'GET',
    path: '/portfolios/{portfolioId}',
    summary: 'One portfolio',
    params: portfolioId,
    reply: Portfolio,
    version: 'etag',
    refusals: ['not_found'],
  },
  changePortfolio: {
    method: 'PATCH',
    path: '/portfolios/{portfolioId}',
    summary: 'Change what a portfolio shows',
    params: portfolioId,
    body: Type.Partial(
      Type.Object(
        { name: Name, baseCurrency: CurrencyCode, costMethod: CostMethod, accountIds: Type.Array(Id, { maxItems: 500 }) },
        closed,
      ),
    ),
    reply: Portfolio,
    version: 'if-match',
    refusals: ['not_found', 'changed_meanwhile', 'precondition_required', 'unknown_currency', 'name_taken'],
  },
  listTransactions: {
    method: 'GET',
    path: '/transactions',
    summary: 'List transactions, newest first',
    query: Type.Object(
      {
        portfolioId: Type.Optional(Id),
        accountId: Type.Optional(Id),
        instrumentId: Type.Optional(Id),
        kind: Type.Optional(TransactionKind),
        /** Posted and drafts when absent. */
        state: Type.Optional(TransactionState),
        from: Type.Optional(PlainDate),
        to: Type.Optional(PlainDate),
        /** Found in the note. */
        text: Type.Optional(Type.String({ maxLength: 200 })),
        cursor: Type.Optional(Cursor),
        limit: Type.Optional(Limit),
      },
      closed,
    ),
    reply: page(Transaction, 'TransactionPage'),
  },
  recordTransaction: {
    method: 'POST',
    path: '/accounts/{accountId}/transactions',
    summary: 'Record a transaction',
    params: accountId,
    body: NewTransaction,
    reply: Booking,
    status: 201,
    refusals: ['not_found', ...refusalCodes, 'key_reused', 'key_in_use'],
  },
  getTransaction: {
    method: 'GET',
    path: '/transactions/{transactionId}',
    summary: 'One transaction',
    params: transactionId,
    reply: Transaction,
    version: 'etag',
    refusals: ['not_found'],
  },
  replaceTransaction: {
    method: 'POST',
    path: '/transactions/{transactionId}/replace',
    summary: 'Correct a transaction: void it and record another in its place, in one step',
    params: transactionId,
    body: Type.Object({ reason: Type.Optional(Note), transaction: NewTransaction }, closed),
    reply: Booking,
    version: 'if-match',
    refusals: [
      'not_found',
      'changed_meanwhile',
      'precondition_required',
      'already_void',
      'not_enough_units',
      'date_in_future',
      'date_too_early',
      'field_missing',
      'field_not_allowed',
      'too_precise',
      'too_large',
      'not_positive',
    ],
  },
  voidTransaction: {
    method: 'POST',
    path: '/transactions/{transactionId}/void',
    summary: 'Void a transaction; it stays in the journal',
    params: transactionId,
    body: Type.Object({ reason: Type.Optional(Note) }, closed),
    reply: Transaction,
    version: 'if-match',
    refusals: ['not_found', 'changed_meanwhile', 'precondition_required', 'already_void', 'not_enough_units'],
  },
  reinstateTransaction: {
    method: 'POST',
    path: '/transactions/{transactionId}/reinstate',
    summary: 'Undo a void: record the same transaction again',
    params: transactionId,
    body: Type.Object({}, closed),
    reply: Booking,
    refusals: ['not_found', 'not_void', 'not_enough_units'],
  },
  portfolioPositions: {
    method: 'GET',
    path: '/portfolios/{portfolioId}/positions',
    summary: 'Units and lots of a portfolio on a day',
    params: portfolioId,
    query: Type.Object({ asOf: Type.Optional(PlainDate), costMethod: Type.Optional(CostMethod) }, closed),
    reply: Positions,
    refusals: ['not_found'],
  },
  accountPositions: {
    method: 'GET',
    path: '/accounts/{accountId}/positions',
    summary: 'Units and lots of an account on a day',
    params: accountId,
    query: Type.Object({ asOf: Type.Optional(PlainDate), costMethod: Type.Optional(CostMethod) }, closed),
    reply: Positions,
    refusals: ['not_found'],
  },

  // for other services only
  recordBatch: {
    method: 'POST',
    path: '/internal/batches',
    summary: 'Record accounts, a portfolio and their transactions in one database transaction, or nothing',
    internal: true,
    body: Type.Object(
      {
        importId: Id,
        /** Only answer what would happen. */
        dryRun: Type.Boolean(),
        /** Refused rows are left out instead of refusing the batch. */
        skipRefused: Type.Boolean(),
        /** An account with an id exists already; one without is found among the portfolio's accounts by its key (as remembered from an earlier import), or opened. */
        accounts: Type.Array(
          Type.Object({ key: Type.String({ maxLength: 200 }), accountId: Type.Optional(Id), account: NewAccount }, closed),
        ),
        /** The portfolio they belong to: found by name, or created with this base currency. */
        portfolio: Type.Optional(Type.Object({ name: Name, baseCurrency: CurrencyCode }, closed)),
        transactions: Type.Array(BatchTransaction),
      },
      closed,
    ),
    reply: Type.Object(
      {
        portfolioId: Type.Union([Id, Type.Null()]),
        accounts: Type.Array(Type.Object({ key: Type.String(), accountId: Id, created: Type.Boolean() }, closed)),
        rows: Type.Array(BatchRow),
      },
      closed,
    ),
    refusals: ['rows_in_error', 'unknown_currency'],
  },
  undoBatch: {
    method: 'POST',
    path: '/internal/batches/{importId}/undo',
    summary: 'Void every transaction of an import and take away the accounts and the portfolio it opened, where nothing else uses them',
    internal: true,
    params: Type.Object({ importId: Id }, closed),
    body: Type.Object({}, closed),
    reply: Type.Object({ voided: Type.Integer(), accountsRemoved: Type.Integer(), portfolioRemoved: Type.Boolean() }, closed),
    refusals: ['not_found', 'not_enough_units'],
  },
  ledger: {
    method: 'POST',
    path: '/internal/ledger',
    summary: 'The posted transactions that touch these accounts, in ledger order, with the version of each account’s book',
    internal: true,
    body: Type.Object(
      {
        accountIds: Type.Array(Id),
        /** Only those that name one of these instruments. */
        instrumentIds: Type.Optional(Type.Array(Id)),
      },
      closed,
    ),
    reply: Type.Object(
      {
        versions: Type.Array(bookVersion),
        /** Up to which change of the journal this reading goes. */
        upTo: Type.Integer(),
        entries: Type.Array(LedgerEntry),
      },
      closed,
    ),
  },
  ledgerChanges: {
    method: 'POST',
    path: '/internal/ledger-changes',
    summary: 'The days of these books on which anything changed since a reading of them, and all the entries that those days hold now',
    internal: true,
    body: Type.Object({ accountIds: Type.Array(Id), since: Type.Integer() }, closed),
    reply: Type.Object(
      { versions: Type.Array(bookVersion), upTo: Type.Integer(), days: Type.Array(PlainDate), entries: Type.Array(LedgerEntry) },
      closed,
    ),
  },
  bookVersions: {
    method: 'POST',
    path: '/internal/book-versions',
    summary: 'How far the books of these accounts have got: what is derived from an older version is out of date',
    internal: true,
    body: Type.Object({ accountIds: Type.Array(Id) }, closed),
    reply: Type.Object({ versions: Type.Array(Type.Object({ accountId: Id, version: Type.Integer() }, closed)) }, closed),
  },
  instrumentsInUse: {
    method: 'POST',
    path: '/internal/instruments-in-use',
    summary: 'Which of these instruments any transaction that is not void names',
    internal: true,
    body: Type.Object({ instrumentIds: Type.Array(Id) }, closed),
    reply: Type.Object({ instrumentIds: Type.Array(Id) }, closed),
  },
})
export type CoreRoutes = typeof coreRoutes
