import { type Static, Type } from 'typebox'
import { routes } from './route.ts'
import { CurrencyCode, DecimalText, Id, KnownAt, MoneyFigure, Name, PlainDate, RatioFigure, Warning } from './scalars.ts'
import { ObjectKind } from './taxonomies.ts'

const closed = { additionalProperties: false } as const

export const NodeValue = Type.Object(
  {
    nodeId: Id,
    /** Of what is assigned to the node itself. */
    own: MoneyFigure,
    /** Of it and all below it. */
    value: MoneyFigure,
    /** Share of the value of what is known. */
    share: RatioFigure,
  },
  { title: 'NodeValue', ...closed },
)
export type NodeValue = Static<typeof NodeValue>

/** What a taxonomy may classify, as it is held on the day. */
export const TaxonomyPart = Type.Object(
  {
    kind: ObjectKind,
    objectId: Id,
    name: Name,
    value: MoneyFigure,
    /** Percent of it that is in no node. */
    unclassified: DecimalText,
  },
  { title: 'TaxonomyPart', ...closed },
)
export type TaxonomyPart = Static<typeof TaxonomyPart>

/** Weights × market value, exact and not rounded: the top nodes and the unclassified part sum to the total. */
export const TaxonomyValues = Type.Object(
  {
    asOf: PlainDate,
    currency: CurrencyCode,
    taxonomyId: Id,
    taxonomyVersion: Type.Integer(),
    /** In the order of the tree. */
    nodes: Type.Array(NodeValue),
    unclassified: Type.Object({ value: MoneyFigure, share: RatioFigure }, closed),
    total: MoneyFigure,
    /** Instruments and the cash of accounts, largest value first, unknown ones last. */
    parts: Type.Array(TaxonomyPart),
    warnings: Type.Array(Warning),
  },
  { title: 'TaxonomyValues', ...closed },
)
export type TaxonomyValues = Static<typeof TaxonomyValues>

export const taxonomyValueRoutes = routes({
  portfolioTaxonomyValues: {
    method: 'GET',
    path: '/portfolios/{portfolioId}/taxonomies/{taxonomyId}/values',
    permission: 'book.read',
    summary: 'What stands in each classification of a taxonomy on a day',
    params: Type.Object({ portfolioId: Id, taxonomyId: Id }, closed),
    query: Type.Object(
      {
        asOf: Type.Optional(PlainDate),
        accountId: Type.Optional(Id),
        currency: Type.Optional(CurrencyCode),
        /** Of what was held as it was known then; the tree and its weights are those of now. */
        knownAt: Type.Optional(KnownAt),
      },
      closed,
    ),
    reply: TaxonomyValues,
    refusals: ['not_found', 'unknown_currency'],
  },
})
