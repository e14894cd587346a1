import { Readable } from 'node:stream'
import { Refused } from '@pe/platform/http/refused.ts'
import yauzl, { type Entry, type ZipFile } from 'yauzl'
import type { Source } from '../importer.ts'
import { brokenFile, unknownFormat } from './broken-file.ts'
import { openSource } from './open-source.ts'

const maxZipBytes = 64 * 1024 * 1024
const maxInflatedBytes = 200 * 1024 * 1024
const maxRatio = 100
const maxEntries = 1000
const symlink = 0o120000

export function isZip(head: Uint8Array): boolean {
  return head[0] === 0x50 && head[1] === 0x4b && head[2] === 0x03 && head[3] === 0x04
}

/**
 * The one file inside a ZIP. Sizes, ratio, number and names of its entries are judged from its directory, before anything is inflated
 * (ASVS 5.2.3): a bomb, a path that leads out, a symlink or an archive inside an archive is refused.
 */
export async function unzipped(source: Source): Promise<Source> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of (await source.open()) as AsyncIterable<Buffer>) {
    size += part.length
    if (size > maxZipBytes)
      throw new Refused('body_too_large', `an archive may have ${maxZipBytes / 1024 / 1024} MB at most; unpack it first`)
    parts.push(part)
  }
  const bytes = Buffer.concat(parts)
  const name = await theOneFile(bytes)
  const inner = await openSource(name, () => openEntry(bytes, name))
  if (isZip(inner.head)) throw unknownFormat(`${name} is an archive inside an archive; unpack it first`)
  return inner
}

async function theOneFile(bytes: Buffer): Promise<string> {
  const files: string[] = []
  let [entries, inflated] = [0, 0]
  for await (const entry of entriesOf(await openZip(bytes))) {
    if (++entries > maxEntries) throw brokenFile(1, `the archive holds more than ${maxEntries} entries`)
    if (entry.fileName.endsWith('/') || entry.fileName.startsWith('__MACOSX/')) continue
    inflated += entry.uncompressedSize
    if (entry.generalPurposeBitFlag & 1) throw new Refused('file_encrypted', `${entry.fileName} is encrypted; pack it without a password`)
    if (((entry.externalFileAttributes >>> 16) & 0o170000) === symlink) throw brokenFile(1, `${entry.fileName} is a link, not a file`)
    if (inflated > maxInflatedBytes)
      throw new Refused('body_too_large', `unpacked, the archive has more than ${maxInflatedBytes / 1024 / 1024} MB`)
    if (entry.uncompressedSize > 1024 * 1024 && entry.uncompressedSize / Math.max(1, entry.compressedSize) > maxRatio)
      throw brokenFile(1, `${entry.fileName} inflates more than ${maxRatio} times: refused as an archive bomb`)
    files.push(entry.fileName)
  }
  const [only, ...more] = files
  if (only === undefined) throw brokenFile(1, 'the archive is empty')
  if (more.length > 0) throw unknownFormat(`the archive holds ${files.length} files; import them one by one`)
  return only
}

async function openEntry(bytes: Buffer, name: string): Promise<Readable> {
  const zip = await openZip(bytes)
  for await (const entry of entriesOf(zip)) {
    if (entry.fileName !== name) continue
    return new Promise((resolve, reject) => {
      zip.openReadStream(entry, (trouble, stream) =>
        trouble ? reject(brokenFile(1, trouble.message)) : resolve(Readable.from(guarded(stream))),
      )
    })
  }
  throw brokenFile(1, `${name} is not in the archive`)
}

/** Damage inside an entry shows only while it is read. */
async function* guarded(stream: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* stream
  } catch (trouble) {
    throw brokenFile(1, `the archive is damaged: ${trouble instanceof Error ? trouble.message : trouble}`)
  }
}

function openZip(bytes: Buffer): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    yauzl.fromBuffer(bytes, { lazyEntries: true, validateEntrySizes: true, strictFileNames: true }, (trouble, zip) =>
      trouble ? reject(brokenFile(1, `the archive is damaged: ${trouble.message}`)) : resolve(zip),
    )
  })
}

async function* entriesOf(zip: ZipFile): AsyncGenerator<Entry> {
  const next = () =>
    new Promise<Entry | null>((resolve, reject) => {
      // one at a time: the listeners of the entry before have done their part
      for (const event of ['entry', 'end', 'error']) zip.removeAllListeners(event)
      zip.once('entry', resolve)
      zip.once('end', () => resolve(null))
      zip.once('error', (trouble: Error) => reject(brokenFile(1, `the archive is damaged: ${trouble.message}`)))
      zip.readEntry()
    })
  for (let entry = await next(); entry; entry = await next()) yield entry
}
