import { Type } from 'typebox'
import { describe, expect, it } from 'vitest'
import { allRoutes } from './all-routes.ts'
import { closedPartial } from './closed-partial.ts'

/**
 * Where in a schema an object takes fields that it does not name. A record says so by the pattern of its names, and what may be anything at all
 * by a description: only an object that says nothing was left open by mistake.
 */
function* leftOpen(schema: unknown, place: string): Generator<string> {
  if (Array.isArray(schema)) for (const one of schema) yield* leftOpen(one, place)
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return
  const said = schema as Readonly<Record<string, unknown>>
  if (said.type === 'object' && said.patternProperties === undefined && said.additionalProperties === undefined) yield place
  if (said.additionalProperties === true) yield place
  if (!saying.some((keyword) => keyword in said)) yield `${place} (anything)`
  for (const [name, field] of Object.entries(said.properties ?? {})) yield* leftOpen(field, `${place}.${name}`)
  for (const [pattern, field] of Object.entries(said.patternProperties ?? {})) yield* leftOpen(field, `${place}.${pattern}`)
  for (const keyword of parts) if (said[keyword] !== undefined) yield* leftOpen(said[keyword], keyword === 'items' ? `${place}[]` : place)
}
const parts = ['items', 'anyOf', 'oneOf', 'allOf', 'not', 'if', 'then', 'else', '$defs', 'additionalProperties', 'prefixItems'] as const
const saying = ['type', 'const', 'enum', 'anyOf', 'oneOf', 'allOf', 'not', '$ref', 'description']

const operations = Object.entries(allRoutes).flatMap(([service, table]) =>
  Object.entries(table).map(([name, route]) => ({ operation: `${service}.${name}`, route })),
)

describe('every operation', () => {
  it.each(operations)('$operation names all fields that it takes and answers', ({ operation, route }) => {
    const { params, query, body, reply } = route
    const found = Object.entries({ params, query, body, reply }).flatMap(([part, schema]) => [...leftOpen(schema, `${operation} ${part}`)])
    expect(found).toEqual([])
  })
})

describe('an object that is left open', () => {
  const closed = { additionalProperties: false } as const
  const partOf = Type.Partial(Type.Object({ name: Type.String() }, closed))
  it.each([
    ['the partial of a closed one', partOf, ['x']],
    ['below a closed one', Type.Object({ list: Type.Array(Type.Union([partOf, Type.Null()])) }, closed), ['x.list[]']],
    ['in a record', Type.Record(Type.String(), Type.Object({})), ['x.^.*$']],
    ['anything', Type.Object({ rest: Type.Unknown() }, closed), ['x.rest (anything)']],
  ])('is found: %s', (_, schema, places) => {
    expect([...leftOpen(schema, 'x')]).toEqual(places)
  })

  it('is no closed partial', () => {
    const schema = closedPartial({ name: Type.String() })
    expect([...leftOpen(schema, 'x')]).toEqual([])
    expect(schema).toMatchObject({ properties: { name: { type: 'string' } }, additionalProperties: false })
    expect('required' in schema).toBe(false)
  })
})
