import { type Static, Type } from 'typebox'
import { refusalStatus, type WireRefusalCode } from './refusals.ts'
import { Facts } from './scalars.ts'

/**
 * Everything a preview may say of a file or of one of its rows. The wire carries the code with its facts, so that a client can say it in the
 * person's language, and an English sentence beside it. What a rule of the book refuses carries that rule's own code instead.
 */
export const importNoteCodes = [
  // of the file
  'rows-before-header',
  'no-cash-movements',
  'no-base-currency',
  'accounts-retired',
  'securities-retired',
  'account-left-out',
  'security-left-out',
  'indices',
  'not-imported',
  'taxonomies',
  'assignments-left-out',
  // known already
  'imported',
  'known',
  'all-known',
  'given-again',
  // left out, or taken otherwise than it stands
  'no-data',
  'nothing-happened',
  'amount-zero',
  'nothing-moves',
  'liability',
  'cost-without-holding',
  'balance-same',
  'balance-brings',
  'balance-left-out',
  'quotes-of-zero',
  'rate-left-out',
  'other-side',
  'other-side-says',
  // wants a decision
  'date-format',
  'date-unclear',
  'number-unclear',
  'instrument-unclear',
  'instrument-unknown',
  // wrong
  'columns',
  'no-date',
  'no-number',
  'no-currency',
  'no-kind',
  'no-activity',
  'kind-missing',
  'currency-missing',
  'instrument-missing',
  'amount-missing',
  'negative',
  'not-positive',
  'rate-to-itself',
  'account-missing',
  'side-missing',
  'security-unusable',
] as const
export type ImportNoteCode = (typeof importNoteCodes)[number]

const closed = { additionalProperties: false } as const
const refusal = Type.Enum(Object.keys(refusalStatus) as WireRefusalCode[], { title: 'RefusalCode' })
const code = Type.Enum([...importNoteCodes], { title: 'ImportNoteCode' })

/** Why a row is as it is, as a note or as a refusal of the book; its English sentence is the row's `reason`. */
export const RowNote = Type.Object({ code: Type.Union([code, refusal]), facts: Facts }, { title: 'RowNote', ...closed })
export type RowNote = Static<typeof RowNote>

/** What sort of file it is: a table by a delimiter, an export of a peer. */
export const variantCodes = ['table', 'csv', 'ids', 'relative', 'json', 'json-plain'] as const
export const VariantNote = Type.Object(
  { code: Type.Enum([...variantCodes], { title: 'VariantCode' }), facts: Facts },
  { title: 'VariantNote', ...closed },
)
export type VariantNote = Static<typeof VariantNote>

/** What there is to know of a whole file. */
export const FileNote = Type.Object({ code, facts: Facts, detail: Type.String() }, { title: 'FileNote', ...closed })
export type FileNote = Static<typeof FileNote>
