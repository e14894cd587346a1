import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import copyStreams from 'pg-copy-streams'

/** Text handed over at once; larger pieces cost memory, smaller ones calls. */
const pieceLength = 64 * 1024

/** COPY … FROM STDIN on the connection of a transaction; answers how many rows went in. */
export async function copyRows(
  client: pg.PoolClient,
  table: string,
  columns: readonly string[],
  rows: Iterable<readonly (string | null)[]>,
): Promise<number> {
  const names = columns.map((name) => client.escapeIdentifier(name)).join(', ')
  const target = client.query(copyStreams.from(`copy ${client.escapeIdentifier(table)} (${names}) from stdin`))
  await pipeline(Readable.from(lines(rows)), target)
  return target.rowCount
}

function* lines(rows: Iterable<readonly (string | null)[]>): Generator<string> {
  let piece = ''
  for (const row of rows) {
    piece += `${row.map(field).join('\t')}\n`
    if (piece.length >= pieceLength) {
      yield piece
      piece = ''
    }
  }
  if (piece) yield piece
}

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/** PostgreSQL's text format: \N is null; backslash, tab and line ends are escaped. */
function field(value: string | null): string {
  return value === null ? '\\N' : value.replace(/[\\\n\r\t]/g, (character) => escapes[character] ?? character)
}
