import { type Static, Type } from 'typebox'
import { FileNote, RowNote, VariantNote } from './import-notes.ts'
import { page } from './page.ts'
import { bytes, routes } from './route.ts'
import { CurrencyCode, Cursor, Id, Instant, Limit, Name, PlainDate } from './scalars.ts'

const closed = { additionalProperties: false } as const
const importId = Type.Object({ importId: Id }, closed)

/** What a file may hold. A `prices` or `rates` file needs no portfolio. */
export const ImportContent = Type.Union(
  [Type.Literal('book'), Type.Literal('transactions'), Type.Literal('prices'), Type.Literal('rates')],
  { title: 'ImportContent' },
)

export const RowState = Type.Union(
  [Type.Literal('ok'), Type.Literal('duplicate'), Type.Literal('ignored'), Type.Literal('needs-decision'), Type.Literal('error')],
  { title: 'RowState' },
)
export type RowState = Static<typeof RowState>

/** What happens to one row of the file. `line` counts from 1 in the file's own lines (XML and JSON too). */
export const ImportRow = Type.Object(
  {
    row: Type.Integer(),
    line: Type.Integer(),
    state: RowState,
    /** What it becomes: 'buy', 'close', 'rate' …; null when nothing. */
    becomes: Type.Union([Type.String(), Type.Null()]),
    /** It is recorded as a draft: dated in the future, called one by the file, or for the reason that the row gives. */
    draft: Type.Boolean(),
    date: Type.Union([PlainDate, Type.Null()]),
    account: Type.Union([Type.String(), Type.Null()]),
    instrument: Type.Union([Type.String(), Type.Null()]),
    quantity: Type.Union([Type.String(), Type.Null()]),
    amount: Type.Union([Type.String(), Type.Null()]),
    currency: Type.Union([Type.String(), Type.Null()]),
    /** Column or element at fault. */
    field: Type.Union([Type.String(), Type.Null()]),
    code: Type.Union([Type.String(), Type.Null()]),
    reason: Type.Union([Type.String(), Type.Null()]),
    /** What `reason` says, as a code with its facts; null where the book refuses the row: then `code` says by which rule. */
    note: Type.Union([RowNote, Type.Null()]),
  },
  { title: 'ImportRow', ...closed },
)
export type ImportRow = Static<typeof ImportRow>

/** The fields that a column of any CSV can be, by what the file holds: the keys of a mapping's `columns`. */
export const mappingFields = {
  transactions: [
    'date',
    'time',
    'kind',
    'account',
    'toAccount',
    'isin',
    'symbol',
    'wkn',
    'name',
    'quantity',
    'price',
    'amount',
    'net',
    'currency',
    'fee',
    'tax',
    'cashCurrency',
    'receivedAmount',
    'receivedCurrency',
    'rateFrom',
    'rateTo',
    'rate',
    'note',
    'id',
    'cashAccount',
    'instrumentCurrency',
    'state',
  ],
  prices: ['date', 'isin', 'symbol', 'name', 'close', 'currency'],
  rates: ['date', 'base', 'quote', 'rate'],
} as const

/** How the columns of any CSV are read. Field names to column headers (or 1-based numbers as text). */
export const Mapping = Type.Object(
  {
    content: Type.Union([Type.Literal('transactions'), Type.Literal('prices'), Type.Literal('rates')]),
    columns: Type.Record(Type.String({ maxLength: 40 }), Type.String({ maxLength: 200 })),
    /** Words of the file's type column to our transaction kinds. */
    kinds: Type.Optional(Type.Record(Type.String(), Type.String())),
    dateFormat: Type.Optional(Type.String({ maxLength: 40 })),
    decimalSign: Type.Optional(Type.Union([Type.Literal('.'), Type.Literal(',')])),
    delimiter: Type.Optional(Type.String({ minLength: 1, maxLength: 1 })),
    encoding: Type.Optional(Type.String({ maxLength: 40 })),
    /** Used where no column says so. */
    currency: Type.Optional(CurrencyCode),
    account: Type.Optional(Name),
    instrument: Type.Optional(Name),
    /** 'delivery' (default): trades of a file without cash become deliveries; 'cash': they move cash. */
    trades: Type.Optional(Type.Union([Type.Literal('delivery'), Type.Literal('cash')])),
  },
  { title: 'Mapping', ...closed },
)
export type Mapping = Static<typeof Mapping>

export const ImportState = Type.Union(
  [Type.Literal('needs-mapping'), Type.Literal('previewed'), Type.Literal('committed'), Type.Literal('undone')],
  { title: 'ImportState' },
)

/** A file on its way into the book: detected, previewed (a dry run), committed as one batch, undone as one. */
export const Import = Type.Object(
  {
    id: Id,
    fileName: Name,
    size: Type.Integer(),
    state: ImportState,
    /** 'portfolio-performance', 'ghostfolio', 'csv' … */
    format: Type.String(),
    /** 'XML, file version 29, relative references' */
    variant: Type.String(),
    /** The same for a client to say; null where it was read before there were codes. */
    variantNote: Type.Union([VariantNote, Type.Null()]),
    content: ImportContent,
    mapping: Type.Union([Mapping, Type.Null()]),
    /** Headers and first rows of a CSV, for the mapping screen. */
    sample: Type.Union([
      Type.Object(
        {
          headers: Type.Array(Type.String()),
          rows: Type.Array(Type.Array(Type.String())),
          /** The different words of each column in the whole file; empty for a column of more than 40. */
          words: Type.Optional(Type.Array(Type.Array(Type.String()))),
        },
        closed,
      ),
      Type.Null(),
    ]),
    portfolio: Type.Union([Type.String(), Type.Null()]),
    portfolioId: Type.Union([Id, Type.Null()]),
    baseCurrency: Type.Union([CurrencyCode, Type.Null()]),
    counts: Type.Object(
      {
        rows: Type.Integer(),
        ok: Type.Integer(),
        duplicate: Type.Integer(),
        ignored: Type.Integer(),
        needsDecision: Type.Integer(),
        error: Type.Integer(),
        drafts: Type.Integer(),
      },
      closed,
    ),
    /** What committing adds: accounts, instruments, transactions, closes, rates. */
    adds: Type.Object(
      {
        accounts: Type.Integer(),
        instruments: Type.Integer(),
        transactions: Type.Integer(),
        closes: Type.Integer(),
        rates: Type.Integer(),
        /** Taxonomies that are new or gain something. */
        taxonomies: Type.Integer(),
      },
      closed,
    ),
    warnings: Type.Array(Type.String()),
    /** What `warnings` say, as codes with their facts. */
    notes: Type.Array(FileNote),
    createdAt: Instant,
    committedAt: Type.Union([Instant, Type.Null()]),
    undoneAt: Type.Union([Instant, Type.Null()]),
  },
  { title: 'Import', ...closed },
)
export type Import = Static<typeof Import>

/** CSV and JSON in our own columns, the JSON that Ghostfolio imports, and beancount text. */
const ExportFormat = Type.Union([Type.Literal('csv'), Type.Literal('json'), Type.Literal('ghostfolio'), Type.Literal('beancount')])

const fileRefusals = ['unknown_format', 'file_encrypted', 'file_broken', 'body_too_large', 'unknown_currency', 'mapping_needed'] as const

export const integrationRoutes = routes({
  previewImport: {
    method: 'POST',
    path: '/imports',
    permission: 'book.write',
    summary: 'Hand in a file: it is detected and read as a dry run; nothing is recorded yet',
    query: Type.Object(
      {
        fileName: Name,
        /** Name of the portfolio to import into; created when there is none. Price and rate files need none. */
        portfolio: Type.Optional(Name),
        /** When the portfolio is new and the file names no base currency. */
        baseCurrency: Type.Optional(CurrencyCode),
        /** A Mapping as JSON. */
        mapping: Type.Optional(Type.String({ maxLength: 20_000 })),
      },
      closed,
    ),
    body: bytes,
    reply: Import,
    status: 201,
    refusals: [...fileRefusals],
  },
  listImports: {
    method: 'GET',
    path: '/imports',
    permission: 'book.read',
    summary: 'Imports, newest first',
    query: Type.Object({ cursor: Type.Optional(Cursor), limit: Type.Optional(Limit) }, closed),
    reply: page(Import, 'ImportPage'),
  },
  getImport: {
    method: 'GET',
    path: '/imports/{importId}',
    permission: 'book.read',
    summary: 'One import',
    params: importId,
    reply: Import,
    refusals: ['not_found'],
  },
  listImportRows: {
    method: 'GET',
    path: '/imports/{importId}/rows',
    permission: 'book.read',
    summary: 'What happens to each row of the file, in its order',
    params: importId,
    query: Type.Object({ state: Type.Optional(RowState), cursor: Type.Optional(Cursor), limit: Type.Optional(Limit) }, closed),
    reply: page(ImportRow, 'ImportRowPage'),
    refusals: ['not_found'],
  },
  changeImport: {
    method: 'PATCH',
    path: '/imports/{importId}',
    permission: 'book.write',
    summary: 'Read the file again with another mapping or into another portfolio',
    params: importId,
    body: Type.Object(
      { mapping: Type.Optional(Mapping), portfolio: Type.Optional(Name), baseCurrency: Type.Optional(CurrencyCode) },
      closed,
    ),
    reply: Import,
    refusals: ['not_found', 'wrong_import_state', ...fileRefusals],
  },
  commitImport: {
    method: 'POST',
    path: '/imports/{importId}/commit',
    permission: 'book.write',
    summary: 'Record what the preview shows, as one batch or not at all',
    params: importId,
    body: Type.Object(
      {
        /** Leave rows in error out instead of refusing the file. */
        skipErrors: Type.Optional(Type.Boolean()),
      },
      closed,
    ),
    reply: Import,
    refusals: ['period_closed', 'not_found', 'wrong_import_state', 'rows_in_error', 'decision_needed', 'mapping_needed'],
  },
  undoImport: {
    method: 'POST',
    path: '/imports/{importId}/undo',
    permission: 'book.write',
    summary: 'Take a whole import back; the same file can then be imported again',
    params: importId,
    body: Type.Object({}, closed),
    reply: Import,
    refusals: ['period_closed', 'not_found', 'wrong_import_state', 'not_enough_units', 'lots_do_not_match'],
  },
  exportTransactions: {
    method: 'GET',
    path: '/portfolios/{portfolioId}/export',
    permission: 'book.read',
    summary: 'The transactions of a portfolio as a file: our CSV and JSON, Ghostfolio’s JSON, or beancount text',
    params: Type.Object({ portfolioId: Id }, closed),
    query: Type.Object({ format: ExportFormat }, closed),
    reply: bytes,
    refusals: ['not_found'],
  },
})
export type IntegrationRoutes = typeof integrationRoutes
