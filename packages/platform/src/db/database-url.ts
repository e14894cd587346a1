import { CannotStart } from '../postgres/cannot-start.ts'
import type { Connection } from '../postgres/connection.ts'

/** postgres://user:password@host:port/database?sslmode=require; the password never appears in what is said about a mistake. */
export function parseDatabaseUrl(text: string): Connection {
  const url = URL.parse(text)
  if (!url || !/^postgres(ql)?:$/.test(url.protocol) || !url.hostname || !url.username) {
    throw new CannotStart("PE_DATABASE is neither 'embedded' nor a postgres://user:password@host:port/database address.")
  }
  const sslMode = url.searchParams.get('sslmode')
  return {
    // A socket folder may be named as ?host=/var/run/postgresql, as in libpq.
    // A folder of a socket stands in a URL with its slashes escaped: %2Fvar%2Frun%2Fpostgresql.
    host: url.searchParams.get('host') ?? decodeURIComponent(url.hostname),
    port: Number(url.port || 5432),
    database: decodeURIComponent(url.pathname.slice(1)) || 'portfolioengine',
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    ...(sslMode === 'require' || sslMode === 'verify-full' ? { ssl: true } : {}),
  }
}
