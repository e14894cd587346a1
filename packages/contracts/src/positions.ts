import { type Static, Type } from 'typebox'
import { accountId } from './accounts.ts'
import { CostMethod, LotScope, portfolioId } from './portfolios.ts'
import { routes } from './route.ts'
import { DecimalText, Id, KnownAt, Money, PlainDate } from './scalars.ts'

const closed = { additionalProperties: false } as const

export const Lot = Type.Object(
  {
    accountId: Id,
    /** The purchase that a sale names when it chooses this lot; of an average the one that opened it. */
    transactionId: Id,
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
    lotScope: LotScope,
    positions: Type.Array(Position),
    cash: Type.Array(Type.Object({ accountId: Id, balance: Money }, closed)),
  },
  { title: 'Positions', ...closed },
)
export type Positions = Static<typeof Positions>

const positionsQuery = Type.Object(
  {
    asOf: Type.Optional(PlainDate),
    knownAt: Type.Optional(KnownAt),
    costMethod: Type.Optional(CostMethod),
    lotScope: Type.Optional(LotScope),
  },
  closed,
)

export const positionRoutes = routes({
  portfolioPositions: {
    method: 'GET',
    path: '/portfolios/{portfolioId}/positions',
    permission: 'book.read',
    summary: 'Units and lots of a portfolio on a day',
    params: portfolioId,
    query: positionsQuery,
    reply: Positions,
    refusals: ['not_found'],
  },
  accountPositions: {
    method: 'GET',
    path: '/accounts/{accountId}/positions',
    permission: 'book.read',
    summary: 'Units and lots of an account on a day',
    params: accountId,
    query: positionsQuery,
    reply: Positions,
    refusals: ['not_found'],
  },
})
