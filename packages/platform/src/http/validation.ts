import { isPlainDate } from '@pe/finance/time/plain-date.ts'
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import type { TLocalizedValidationError } from 'typebox/error'
import { Set as setFormat } from 'typebox/format'
import { fromText } from '../config/from-text.ts'
import { Refused, type RefusedDetail } from './refused.ts'
import { orRefuseUnstorable } from './storable-text.ts'

// 'date' means what PlainDate means: a real day from year 1 on.
setFormat('date', isPlainDate)

/** More would not help anyone to mend a request. */
const mostErrors = 50

/** Answers the value when it fits; throws Refused('bad_request') with the path of each field that does not. */
export type Check = (value: unknown) => unknown

/** For JSON bodies: nothing is converted, nothing is taken away. */
export function checkOf(schema: TSchema, place: 'body' | 'reply'): Check {
  const compiled = Compile(schema)
  return (value) => {
    if (compiled.Check(value)) return value
    throw unfit(place, compiled.Errors(value))
  }
}

/** For parameters and queries, which arrive as text: '10' becomes 10 and 'true' true where the schema asks for it. */
export function textCheckOf(schema: TSchema, place: 'path' | 'query'): Check {
  const compiled = Compile(schema)
  const known = (schema as { properties?: Record<string, TSchema & { type?: string; items?: TSchema }> }).properties ?? {}
  return (value) => {
    const converted = Object.fromEntries(
      Object.entries(value as Record<string, unknown>).map(([name, given]) => {
        const field = known[name]
        if (field?.type !== 'array') return [name, field ? fromText(field, given) : given]
        const items = Array.isArray(given) ? given : [given]
        return [name, items.map((item: unknown) => (field.items ? fromText(field.items, item) : item))]
      }),
    )
    orRefuseUnstorable(converted, place)
    if (compiled.Check(converted)) return converted
    throw unfit(place, compiled.Errors(converted))
  }
}

function unfit(place: string, errors: readonly TLocalizedValidationError[]): Refused {
  const details = errors.flatMap(detailsOf).slice(0, mostErrors)
  const first = details[0]
  const where = first?.path ? `${place} field '${first.path}'` : place
  return new Refused('bad_request', `${where}: ${first?.detail ?? 'does not have the right shape'}`, details)
}

function detailsOf(error: TLocalizedValidationError): RefusedDetail[] {
  const path = error.instancePath.split('/').slice(1).map(unescapePointer).join('.')
  const below = (name: string) => (path ? `${path}.${name}` : name)
  switch (error.keyword) {
    case 'boolean':
      return [] // said once more under additionalProperties
    case 'required':
      return error.params.requiredProperties.map((name) => ({ path: below(name), code: 'field_missing', detail: 'is missing' }))
    case 'additionalProperties':
      return error.params.additionalProperties.map((name) => ({
        path: below(name),
        code: 'field_not_allowed',
        detail: 'is not a known field',
      }))
    case 'enum':
      return [{ path, detail: `must be one of ${error.params.allowedValues.join(', ')}` }]
    case 'format':
      return [{ path, detail: error.params.format === 'date' ? 'must be a calendar day, YYYY-MM-DD' : error.message }]
    default:
      return [{ path, detail: error.message }]
  }
}

function unescapePointer(part: string): string {
  return part.replaceAll('~1', '/').replaceAll('~0', '~')
}
