import { Readable } from 'node:stream'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Source } from '../importer.ts'
import type { TableRow } from './plain-lines.ts'
import { readRows } from './read-rows.ts'

function sourceOf(pieces: readonly string[]): Source {
  return { fileName: 'a.csv', head: new Uint8Array(0), open: async () => Readable.from(pieces.map((piece) => Buffer.from(piece))) }
}

async function rowsOf(pieces: readonly string[], delimiter = ',', firstLine = 1): Promise<TableRow[]> {
  const rows: TableRow[] = []
  for await (const some of readRows(sourceOf(pieces), 'utf-8', delimiter, firstLine)) rows.push(...some)
  return rows
}

/** What the parser alone makes of the whole text: cells, and the line where each row ends. */
function parsed(text: string, delimiter: string): { cells: string[]; end: number }[] {
  const settings = { delimiter, bom: true, info: true, relax_column_count: true, relax_quotes: true, skip_empty_lines: true }
  const records = parse(text, settings) as unknown as { record: string[]; info: { lines: number } }[]
  return records.map(({ record, info }) => ({ cells: record, end: info.lines }))
}

describe('rows of a CSV', () => {
  it('are those of the parser, with or without quotes, wherever the pieces end', async () => {
    const bits = fc.constantFrom('a', '1', '2.5', ' ', ',', ';', '\n', '\n', '\r\n', '\r', '"', '""', '"b,c"', '"d\ne"', '\n"f";')
    const plainBits = fc.constantFrom('a', '1', '2.5', ' ', ',', ';', '\n', '\n\n')
    const windowsBits = fc.constantFrom('a', '1', '2.5', ' ', ',', ';', '\r\n', '\r\n\r\n')
    const pieces = fc.oneof(fc.array(plainBits), fc.array(windowsBits), fc.array(bits))
    await fc.assert(
      fc.asyncProperty(pieces, fc.constantFrom(',', ';'), async (given, delimiter) => {
        const text = given.join('')
        let expected: { cells: string[]; end: number }[]
        try {
          expected = parsed(text, delimiter)
        } catch {
          await expect(rowsOf(given, delimiter)).rejects.toMatchObject({ code: 'file_broken' })
          return
        }
        const rows = await rowsOf(given, delimiter)
        expect(rows.map(({ cells }) => cells)).toEqual(expected.map(({ cells }) => cells))
        const within = (cells: readonly string[]) => cells.join('').split('\n').length - 1
        expect(rows.map(({ line, cells }) => line + within(cells))).toEqual(expected.map(({ end }) => end))
      }),
      { numRuns: 500 },
    )
  })

  it('begin at the line that is asked for, before and after the first quote', async () => {
    expect(await rowsOf(['a,b\n1,2\n3,4\n'], ',', 3)).toEqual([{ line: 3, cells: ['3', '4'] }])
    expect(await rowsOf(['a,b\n1,2\n', '"3",4\n5,', '6'], ',', 3)).toEqual([
      { line: 3, cells: ['3', '4'] },
      { line: 4, cells: ['5', '6'] },
    ])
  })

  it('name the line of a quote that never closes, far behind the first piece', async () => {
    await expect(rowsOf(['a,b\n1,2\n', '3,4\n', '5,"6\n7,8\n'])).rejects.toMatchObject({ message: expect.stringContaining('line 4') })
  })

  it('are refused where a line has no end', async () => {
    const long = 'x'.repeat(600_000)
    await expect(rowsOf(['a,b\n', long, long])).rejects.toMatchObject({
      message: expect.stringContaining('line 2: a row of more than 1 MB'),
    })
  })
})
