import { type Static, Type } from 'typebox'
import { closedPartial } from './closed-partial.ts'
import { page } from './page.ts'
import { routes } from './route.ts'
import { Cursor, DecimalText, Id, Instant, Limit, Name, Note } from './scalars.ts'

const closed = { additionalProperties: false } as const
const taxonomyId = { taxonomyId: Id }
const nodeId = { nodeId: Id }

/** As screens draw it: '#5757ff'. */
export const Colour = Type.String({ pattern: '^#[0-9a-fA-F]{6}$' })

/** What a taxonomy sorts: an instrument wherever it is held, or the cash of an account. */
export const ObjectKind = Type.Union([Type.Literal('instrument'), Type.Literal('account')], { title: 'ObjectKind' })
export type ObjectKind = Static<typeof ObjectKind>

/** Percent, above 0, at most four places. */
const Weight = Type.String({ pattern: '^\\d{1,3}(\\.\\d{1,4})?$', description: 'Percent, more than 0, at most four decimal places' })

/** A branch of the tree. A list of nodes comes with each node before those below it, siblings in their order. */
export const TaxonomyNode = Type.Object(
  {
    id: Id,
    /** Null at the top. */
    parentId: Type.Union([Id, Type.Null()]),
    name: Name,
    description: Note,
    colour: Type.Union([Colour, Type.Null()]),
  },
  { title: 'TaxonomyNode', ...closed },
)
export type TaxonomyNode = Static<typeof TaxonomyNode>

/** A share of an instrument, or of the cash of an account, that belongs to a node. What all its nodes leave is unclassified. */
export const Assignment = Type.Object(
  { nodeId: Id, kind: ObjectKind, objectId: Id, weight: DecimalText },
  { title: 'Assignment', ...closed },
)
export type Assignment = Static<typeof Assignment>

const own = { id: Id, name: Name, note: Note, createdAt: Instant, version: Type.Integer() }

export const TaxonomySummary = Type.Object(
  { ...own, nodeCount: Type.Integer(), objectCount: Type.Integer() },
  { title: 'TaxonomySummary', ...closed },
)
export type TaxonomySummary = Static<typeof TaxonomySummary>

/** A whole tree with what is assigned to it; at most 2,000 nodes. Every change of any of it makes a new version. */
export const Taxonomy = Type.Object(
  { ...own, nodes: Type.Array(TaxonomyNode), assignments: Type.Array(Assignment) },
  { title: 'Taxonomy', ...closed },
)
export type Taxonomy = Static<typeof Taxonomy>

const place = {
  /** At the top when null. */
  parentId: Type.Union([Id, Type.Null()]),
  /** Place among its siblings, from 0; the last when absent. */
  position: Type.Optional(Type.Integer({ minimum: 0 })),
}
const looks = { description: Type.Optional(Note), colour: Type.Optional(Type.Union([Colour, Type.Null()])) }
const versioned = ['not_found', 'changed_meanwhile', 'precondition_required'] as const

/** Trees by which holdings are sorted: asset classes, regions, sectors, whatever a person likes. */
export const taxonomyRoutes = routes({
  listTaxonomies: {
    method: 'GET',
    path: '/taxonomies',
    permission: 'book.read',
    summary: 'List taxonomies, by name',
    query: Type.Object({ cursor: Type.Optional(Cursor), limit: Type.Optional(Limit) }, closed),
    reply: page(TaxonomySummary, 'TaxonomyPage'),
  },
  createTaxonomy: {
    method: 'POST',
    path: '/taxonomies',
    permission: 'book.write',
    summary: 'Create a taxonomy',
    body: Type.Object({ name: Name, note: Type.Optional(Note) }, closed),
    reply: Taxonomy,
    status: 201,
    version: 'etag',
    refusals: ['name_taken', 'key_reused', 'key_in_use'],
  },
  getTaxonomy: {
    method: 'GET',
    path: '/taxonomies/{taxonomyId}',
    permission: 'book.read',
    summary: 'One taxonomy with its tree and assignments',
    params: Type.Object(taxonomyId, closed),
    reply: Taxonomy,
    version: 'etag',
    refusals: ['not_found'],
  },
  changeTaxonomy: {
    method: 'PATCH',
    path: '/taxonomies/{taxonomyId}',
    permission: 'book.write',
    summary: 'Rename a taxonomy',
    params: Type.Object(taxonomyId, closed),
    body: closedPartial({ name: Name, note: Note }),
    reply: Taxonomy,
    version: 'if-match',
    refusals: [...versioned, 'name_taken'],
  },
  removeTaxonomy: {
    method: 'DELETE',
    path: '/taxonomies/{taxonomyId}',
    permission: 'book.write',
    summary: 'Remove a taxonomy with its tree and assignments; what they sorted stays',
    params: Type.Object(taxonomyId, closed),
    reply: Type.Object({ id: Id, version: Type.Integer() }, closed),
    version: 'if-match',
    refusals: versioned,
  },
  addNode: {
    method: 'POST',
    path: '/taxonomies/{taxonomyId}/nodes',
    permission: 'book.write',
    summary: 'Add a classification to a tree',
    params: Type.Object(taxonomyId, closed),
    body: Type.Object({ name: Name, ...place, ...looks }, closed),
    reply: Taxonomy,
    version: 'if-match',
    refusals: [...versioned, 'too_large'],
  },
  changeNode: {
    method: 'PATCH',
    path: '/taxonomies/{taxonomyId}/nodes/{nodeId}',
    permission: 'book.write',
    summary: 'Rename, recolour or describe a classification, or move it with all below it',
    params: Type.Object({ ...taxonomyId, ...nodeId }, closed),
    body: closedPartial({ name: Name, ...place, ...looks }),
    reply: Taxonomy,
    version: 'if-match',
    refusals: [...versioned, 'inside_itself'],
  },
  removeNode: {
    method: 'DELETE',
    path: '/taxonomies/{taxonomyId}/nodes/{nodeId}',
    permission: 'book.write',
    summary:
      'Remove a classification: what stands below it and what is assigned to it moves to its parent; at the top it must hold nothing itself',
    params: Type.Object({ ...taxonomyId, ...nodeId }, closed),
    reply: Taxonomy,
    version: 'if-match',
    refusals: [...versioned, 'in_use'],
  },
  mergeNode: {
    method: 'POST',
    path: '/taxonomies/{taxonomyId}/nodes/{nodeId}/merge',
    permission: 'book.write',
    summary: 'Put all of a classification into another one, weights added up, and remove it',
    params: Type.Object({ ...taxonomyId, ...nodeId }, closed),
    body: Type.Object({ intoNodeId: Id }, closed),
    reply: Taxonomy,
    version: 'if-match',
    refusals: [...versioned, 'inside_itself'],
  },
  classify: {
    method: 'PUT',
    path: '/taxonomies/{taxonomyId}/assignments/{kind}/{objectId}',
    permission: 'book.write',
    summary: 'Say where an instrument, or the cash of an account, belongs; the rest of it is unclassified',
    params: Type.Object({ ...taxonomyId, kind: ObjectKind, objectId: Id }, closed),
    body: Type.Object({ weights: Type.Array(Type.Object({ nodeId: Id, weight: Weight }, closed), { maxItems: 200 }) }, closed),
    reply: Taxonomy,
    version: 'if-match',
    refusals: [...versioned, 'instrument_missing', 'weights_exceed_whole', 'not_positive', 'too_precise', 'field_not_allowed'],
  },
})

/** The taxonomies of a file, for a batch: nodes and objects by the keys of the file. Known ones gain what is new and keep what a person chose. */
export const BatchTaxonomy = Type.Object(
  {
    key: Type.String({ maxLength: 200 }),
    name: Name,
    /** Each before those below it. */
    nodes: Type.Array(
      Type.Object(
        {
          key: Type.String({ maxLength: 200 }),
          parentKey: Type.Union([Type.String(), Type.Null()]),
          name: Name,
          description: Note,
          colour: Type.Union([Colour, Type.Null()]),
        },
        closed,
      ),
      { maxItems: 2000 },
    ),
    assignments: Type.Array(
      Type.Object(
        { nodeKey: Type.String(), instrumentId: Type.Optional(Id), accountKey: Type.Optional(Type.String()), weight: DecimalText },
        closed,
      ),
    ),
  },
  { title: 'BatchTaxonomy', ...closed },
)
export type BatchTaxonomy = Static<typeof BatchTaxonomy>
