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
    piece += line(row)
    if (piece.length >= pieceLength) {
      yield piece
      piece = ''
    }
  }
  if (piece) yield piece
}

const special = /[\\\n\r\t]/
const allSpecial = /[\\\n\r\t]/g
const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/** PostgreSQL's text format: \N is null; backslash, tab and line ends are escaped. Most rows have none of them, which one look tells. */
function line(row: readonly (string | null)[]): string {
  const escaped = special.test(row.join(''))
  let text = ''
  for (let at = 0; at < row.length; at++) {
    const value = row[at] as string | null
    if (at > 0) text += '\t'
    text += value === null ? '\\N' : escaped ? value.replace(allSpecial, (character) => escapes[character] ?? character) : value
  }
  return `${text}\n`
}
