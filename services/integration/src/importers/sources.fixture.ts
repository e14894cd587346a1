import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import type { Mapping } from '@pe/contracts/integration.ts'
import { plainDate } from '@pe/finance/time/plain-date.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import { readFile } from './detect-format.ts'
import type { ImportedFile } from './imported-file.ts'
import { openSource } from './source/open-source.ts'

/** The folder of real files beside the project. */
export const samples = new URL('../../../../../shared/samples/', import.meta.url)
export const samplesAreThere = existsSync(samples)
export const samplesAreRequired = process.env.PE_REQUIRE_SHARED === '1'

export function sampleNames(folder: string): string[] {
  return samplesAreThere ? readdirSync(new URL(`${folder}/`, samples)).sort() : []
}

export function sample(path: string): Buffer {
  return readFileSync(new URL(path, samples))
}

/** Reads bytes as the service would, in small pieces, as files arrive. */
export async function read(
  content: string | Uint8Array,
  { mapping, timeZone = 'UTC', today = '2026-11-22' }: { mapping?: Mapping; timeZone?: string; today?: string } = {},
): Promise<ImportedFile> {
  const bytes = Buffer.from(content)
  const opened: Readable[] = []
  const source = await openSource('a file', async () => {
    const stream = Readable.from(pieces(bytes))
    opened.push(stream)
    return stream
  })
  const reading = readFile(source, { today: plainDate(today), timeZone, ...(mapping ? { mapping } : {}) })
  await Promise.allSettled([reading])
  // whatever comes of a file, nothing stays open
  if (!opened.every(({ destroyed }) => destroyed)) throw new Error('a stream of the file was left open')
  return reading
}

function* pieces(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += 1021) yield bytes.subarray(at, at + 1021)
}

export async function refusal(
  content: string | Uint8Array,
  options: { mapping?: Mapping } = {},
): Promise<{ code: string; detail: string }> {
  try {
    await read(content, options)
  } catch (trouble) {
    if (trouble instanceof Refused) return { code: trouble.code, detail: trouble.detail }
    throw trouble
  }
  throw new Error('nothing was refused')
}

/** 'ok 3, error 1' and so on, after checking that the states add up to the rows. */
export function counted(file: ImportedFile): string {
  const { rows, drafts, ...states } = file.rows.counts()
  const sum = Object.values(states).reduce((a, b) => a + b, 0)
  if (sum !== rows || rows !== [...file.rows].length) throw new Error(`${sum} states for ${rows} rows`)
  const some = Object.entries({ ...states, drafts }).filter(([, count]) => count > 0)
  return some.map(([state, count]) => `${state} ${count}`).join(', ')
}
