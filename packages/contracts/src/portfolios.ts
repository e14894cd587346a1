import { costMethods, lotScopes, type CostMethod as Method, type LotScope as Scope } from '@pe/finance/lots/cost-method.ts'
import { type Static, Type } from 'typebox'
import { closedPartial } from './closed-partial.ts'
import { page } from './page.ts'
import { routes } from './route.ts'
import { CurrencyCode, Cursor, Id, Instant, Limit, Name, PlainDate } from './scalars.ts'

const closed = { additionalProperties: false } as const
export const portfolioId = Type.Object({ portfolioId: Id }, closed)

export const CostMethod = Type.Unsafe<Method>(Type.String({ title: 'CostMethod', enum: [...costMethods] }))
export type CostMethod = Method

/** Whether a sale takes lots of its own account only, or of all the accounts of a portfolio. */
export const LotScope = Type.Unsafe<Scope>(Type.String({ title: 'LotScope', enum: [...lotScopes] }))
export type LotScope = Scope

/**
 * What a portfolio is for. It changes no figure: `taxable` (a person's own investments), `retirement` (a pension or sheltered plan),
 * `company` (of a business), `watch` (followed, not owned).
 */
export const PortfolioType = Type.Union(
  [Type.Literal('taxable'), Type.Literal('retirement'), Type.Literal('company'), Type.Literal('watch')],
  { title: 'PortfolioType' },
)
export type PortfolioType = Static<typeof PortfolioType>

const chosen = {
  type: Type.Optional(PortfolioType),
  /** Figures without a `from` begin on this day; with the first transaction when null. */
  inceptionDate: Type.Optional(Type.Union([PlainDate, Type.Null()])),
  /** The instrument that the portfolio is compared with. */
  benchmarkId: Type.Optional(Type.Union([Id, Type.Null()])),
  /** Makes it a group: its accounts are those of these portfolios, in this order, each once. `accountIds` then stays empty. */
  portfolioIds: Type.Optional(Type.Array(Id, { maxItems: 100 })),
}

export const NewPortfolio = Type.Object(
  {
    name: Name,
    baseCurrency: CurrencyCode,
    accountIds: Type.Array(Id, { maxItems: 500 }),
    ...chosen,
    costMethod: Type.Optional(CostMethod),
    /** Across the portfolio for an average and per account for the others when absent. */
    lotScope: Type.Optional(LotScope),
  },
  { title: 'NewPortfolio', ...closed },
)
export type NewPortfolio = Static<typeof NewPortfolio>

/** A view: a named set of accounts with a base currency and a cost method. A group (`type` group) shows the accounts of its portfolios. */
export const Portfolio = Type.Object(
  {
    id: Id,
    name: Name,
    baseCurrency: CurrencyCode,
    costMethod: CostMethod,
    lotScope: LotScope,
    type: Type.Union([PortfolioType, Type.Literal('group')]),
    inceptionDate: Type.Union([PlainDate, Type.Null()]),
    benchmarkId: Type.Union([Id, Type.Null()]),
    /** Since this day it is out of the way: it keeps its figures, and pickers leave it out. */
    archivedOn: Type.Union([PlainDate, Type.Null()]),
    /** Of a group, in order; empty otherwise. */
    portfolioIds: Type.Array(Id),
    accountIds: Type.Array(Id),
    /** Day of its first posted transaction; null while it is empty. */
    firstDay: Type.Union([PlainDate, Type.Null()]),
    lastDay: Type.Union([PlainDate, Type.Null()]),
    /** What is posted: a draft does not count yet. */
    transactionCount: Type.Integer(),
    createdAt: Instant,
    version: Type.Integer(),
  },
  { title: 'Portfolio', ...closed },
)
export type Portfolio = Static<typeof Portfolio>

export const portfolioRoutes = routes({
  listPortfolios: {
    method: 'GET',
    path: '/portfolios',
    permission: 'book.read',
    summary: 'List portfolios, by name',
    query: Type.Object({ name: Type.Optional(Name), cursor: Type.Optional(Cursor), limit: Type.Optional(Limit) }, closed),
    reply: page(Portfolio, 'PortfolioPage'),
  },
  createPortfolio: {
    method: 'POST',
    path: '/portfolios',
    permission: 'book.write',
    summary: 'Create a portfolio: a view of accounts',
    body: NewPortfolio,
    reply: Portfolio,
    status: 201,
    version: 'etag',
    refusals: ['unknown_currency', 'name_taken', 'not_found', 'instrument_missing', 'field_not_allowed', 'key_reused', 'key_in_use'],
  },
  getPortfolio: {
    method: 'GET',
    path: '/portfolios/{portfolioId}',
    permission: 'book.read',
    summary: 'One portfolio',
    params: portfolioId,
    reply: Portfolio,
    version: 'etag',
    refusals: ['not_found'],
  },
  changePortfolio: {
    method: 'PATCH',
    path: '/portfolios/{portfolioId}',
    permission: 'book.write',
    summary: 'Change what a portfolio shows',
    params: portfolioId,
    body: closedPartial({
      name: Name,
      baseCurrency: CurrencyCode,
      costMethod: CostMethod,
      lotScope: LotScope,
      accountIds: Type.Array(Id, { maxItems: 500 }),
      ...chosen,
      /** A day archives it, null takes it out of the archive. */
      archivedOn: Type.Union([PlainDate, Type.Null()]),
    }),
    reply: Portfolio,
    version: 'if-match',
    refusals: [
      'not_found',
      'changed_meanwhile',
      'precondition_required',
      'unknown_currency',
      'name_taken',
      'instrument_missing',
      'field_not_allowed',
      'date_in_future',
    ],
  },
})
