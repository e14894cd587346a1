import { allRoutes } from './all-routes.ts'
import { Problem } from './problem.ts'
import { refusalStatus, type WireRefusalCode } from './refusals.ts'
import { bytes, type Route, repeatable } from './route.ts'

type Json = Record<string, unknown>

/** The OpenAPI 3.1 document of all public operations; schemas with a title become components of that name. */
export function openApiDocument(version: string): Json {
  const components: Record<string, Json> = {}
  const paths: Record<string, Record<string, Json>> = {}
  for (const [service, table] of Object.entries(allRoutes)) {
    for (const [name, route] of Object.entries(table)) {
      if (route.permission === 'service') continue
      const path = paths[route.path] ?? {}
      paths[route.path] = path
      path[route.method.toLowerCase()] = operation(service, name, route, components)
    }
  }
  hoist(Problem, components)
  return {
    openapi: '3.1.0',
    info: {
      title: 'PortfolioEngine',
      version,
      description:
        'Money, units, prices and rates are decimal strings; returns and other statistics are numbers (0.05 = 5 %). ' +
        'Periods are half open, (from, to]: the opening value is the end of the day `from`. An unknown figure is null and carries its reason. ' +
        'Errors are RFC 9457 problem details with a `code`.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/api/v1' }],
    tags: Object.keys(allRoutes).map((name) => ({ name })),
    paths,
    components: { schemas: Object.fromEntries(Object.entries(components).sort(([a], [b]) => (a < b ? -1 : 1))) },
  }
}

function operation(service: string, name: string, route: Route, components: Record<string, Json>): Json {
  const parameters = [...fields(route.params, 'path', components), ...fields(route.query, 'query', components), ...headers(route)]
  return {
    operationId: name,
    summary: route.summary,
    tags: [service],
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(route.body ? { requestBody: { required: true, content: content(route.body, components) } } : {}),
    responses: {
      [String(route.status ?? 200)]: {
        description: 'Done',
        ...(route.version === 'etag'
          ? { headers: { ETag: { description: 'The version, for If-Match', schema: { type: 'string' } } } }
          : {}),
        content: content(route.reply, components),
      },
      ...problems(route.refusals ?? []),
    },
  }
}

function content(schema: NonNullable<Route['body']>, components: Record<string, Json>): Json {
  if (schema === bytes) return { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } }
  return { 'application/json': { schema: hoist(schema, components) } }
}

function fields(schema: Route['query'], place: 'path' | 'query', components: Record<string, Json>): Json[] {
  if (!schema) return []
  const required = new Set((schema as { required?: readonly string[] }).required ?? [])
  return Object.entries(schema.properties).map(([name, field]) => ({
    name,
    in: place,
    required: place === 'path' || required.has(name),
    schema: hoist(field, components),
  }))
}

function headers(route: Route): Json[] {
  const found: Json[] = []
  if (route.version === 'if-match')
    found.push({
      name: 'If-Match',
      in: 'header',
      required: true,
      description: 'The version that was seen, as sent in ETag',
      schema: { type: 'string' },
    })
  if (route.method !== 'GET')
    found.push({
      name: 'Idempotency-Key',
      in: 'header',
      required: false,
      description: repeatable(route)
        ? 'The same key with the same body is carried out once; its first answer is given again'
        : 'Has no effect here: what is sent or answered is remembered nowhere',
      schema: { type: 'string', maxLength: 255 },
    })
  if (route.refusals?.includes('period_closed'))
    found.push({
      name: 'Override-Reason',
      in: 'header',
      required: false,
      description: 'Why this changes a closed period all the same, percent-encoded; kept with the period and in the audit log',
      schema: { type: 'string', maxLength: 18000 },
    })
  return found
}

/** One response a status, naming the codes that travel with it. */
function problems(codes: readonly WireRefusalCode[]): Json {
  const byStatus = new Map<number, WireRefusalCode[]>()
  for (const code of new Set<WireRefusalCode>(['bad_request', ...codes, 'internal'])) {
    const status = refusalStatus[code]
    byStatus.set(status, [...(byStatus.get(status) ?? []), code])
  }
  const problem = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } }
  return Object.fromEntries(
    [...byStatus].sort(([a], [b]) => a - b).map(([status, list]) => [String(status), { description: list.join(', '), content: problem }]),
  )
}

/** The schema as plain JSON, its titled parts moved into components and referred to. */
function hoist(schema: unknown, components: Record<string, Json>): Json {
  return lift(JSON.parse(JSON.stringify(schema)) as Json, components)
}

function lift(schema: Json, components: Record<string, Json>): Json {
  const inner: Json = {}
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'properties' || key === 'patternProperties')
      inner[key] = Object.fromEntries(Object.entries(value as Record<string, Json>).map(([name, field]) => [name, lift(field, components)]))
    else if (key === 'items' && Array.isArray(value)) inner.prefixItems = value.map((item) => lift(item as Json, components))
    else if (Array.isArray(value) && (key === 'anyOf' || key === 'allOf' || key === 'oneOf'))
      inner[key] = value.map((item) => lift(item as Json, components))
    else if (key === 'items') inner[key] = lift(value as Json, components)
    else if (key === 'additionalItems') continue
    else inner[key] = value
  }
  const { title, ...body } = inner
  if (typeof title !== 'string') return inner
  components[title] ??= body
  return { $ref: `#/components/schemas/${title}` }
}
