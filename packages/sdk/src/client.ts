import createFetchClient, { type Client as FetchClient } from 'openapi-fetch'
import type { components, paths } from './api.generated.ts'

export type Client = FetchClient<paths>
/** The API's shapes by name: `Schema<'Holding'>`. */
export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name]
export type Problem = Schema<'Problem'>

export interface ClientOptions {
  /** 'http://localhost:8080/api/v1'; '/api/v1' in a browser. */
  readonly baseUrl: string
  readonly fetch?: (request: Request) => Promise<Response>
  /** Sent with each request, such as Authorization. */
  readonly headers?: Record<string, string>
}

/** A typed client of every public operation: `client.GET('/portfolios/{portfolioId}/holdings', { params })` answers `{ data, error }`. */
export function createClient(options: ClientOptions): Client {
  return createFetchClient<paths>({
    baseUrl: options.baseUrl,
    // A list in a query is repeated (a=1&a=2), as the server reads it.
    querySerializer: { array: { style: 'form', explode: true } },
    ...(options.fetch ? { fetch: options.fetch } : {}),
    ...(options.headers ? { headers: options.headers } : {}),
  })
}
