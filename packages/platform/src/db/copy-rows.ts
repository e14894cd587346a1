import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import copyStreams from 'pg-copy-streams'
import { everyOrganisation, organisationNow } from './current-call.ts'

/** Text handed over at once; larger pieces cost memory, smaller ones calls. */
const pieceLength = 64 * 1024

/**
 * COPY … FROM STDIN on the connection of a transaction; answers how many rows went in. PostgreSQL refuses COPY to who is held to row-level
 * security, so this one statement is carried out as the owner of the table, and what the policy would ask of each row is asked here.
 */
export async function copyRows(
  client: pg.PoolClient,
  owner: string,
  table: string,
  columns: readonly string[],
  rows: Iterable<readonly (string | null)[]>,
): Promise<number> {
  const place = columns.indexOf('organisation_id')
  if (place === -1) throw new Error(`COPY into ${table} without an organisation_id: give the table one, so that its rows can be told apart`)
  const names = columns.map((name) => client.escapeIdentifier(name)).join(', ')
  // until the end of the transaction at most, also where the COPY breaks off
  await client.query(`set local role ${client.escapeIdentifier(owner)}`)
  const target = client.query(copyStreams.from(`copy ${client.escapeIdentifier(table)} (${names}) from stdin`))
  await pipeline(Readable.from(lines(rows, place, organisationNow())), target)
  await client.query('set local role none')
  return target.rowCount
}

/** @param place of the organisation in each row */
function* lines(rows: Iterable<readonly (string | null)[]>, place: number, organisation: string): Generator<string> {
  let piece = ''
  for (const row of rows) {
    if (row[place] !== organisation && organisation !== everyOrganisation)
      throw new Error('COPY of a row of another organisation than that of the call')
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
