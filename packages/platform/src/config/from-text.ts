import type { TSchema } from 'typebox'

/**
 * What a text means where the schema asks for a number or for yes and no; any other text stays as it is, for the check to refuse.
 * TypeBox's own conversion is too kind: it makes 80 of '80.5' and true of '1'.
 */
export function fromText(schema: TSchema, text: unknown): unknown {
  const { type } = schema as { type?: string }
  if (typeof text !== 'string') return text
  if ((type === 'integer' || type === 'number') && /^-?\d{1,15}(\.\d{1,15})?$/.test(text)) return Number(text)
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true'
  return text
}
