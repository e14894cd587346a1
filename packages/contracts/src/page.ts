import { type TSchema, Type } from 'typebox'

/** One page of a list that a person can grow; `next` is null on the last. */
export function page<T extends TSchema>(item: T, title: string) {
  return Type.Object({ items: Type.Array(item), next: Type.Union([Type.String(), Type.Null()]) }, { title, additionalProperties: false })
}
