import { type TObject, type TProperties, Type } from 'typebox'

/**
 * What a change may name: any of these fields and no other. Said by hand, `Type.Partial` of a closed object is an open one, and an open body
 * hands whatever it brings to the use-case.
 */
export function closedPartial<T extends TProperties>(fields: T) {
  return Type.Partial(Type.Object(fields) as TObject<T>, { additionalProperties: false })
}
