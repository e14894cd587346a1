import { crc32, deflateRawSync } from 'node:zlib'

/** A ZIP archive of some small files (APPNOTE 6.3.3: local headers, then the central directory). The same input gives the same bytes. */
export function zipOf(files: readonly { readonly name: string; readonly text: string }[]): Buffer {
  const [parts, directory]: [Buffer[], Buffer[]] = [[], []]
  let offset = 0
  for (const { name, text } of files) {
    const data = Buffer.from(text)
    const packed = deflateRawSync(data)
    const path = Buffer.from(name)
    const common = headerOf(crc32(data), packed.length, data.length, path.length)
    const local = Buffer.concat([Buffer.from('504b0304', 'hex'), common, path, packed])
    parts.push(local)
    // Version made by, the common part, no comment, disk 0, no attributes, where the file begins.
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(offset, 10)
    directory.push(Buffer.concat([Buffer.from('504b01021400', 'hex'), common, rest, path]))
    offset += local.length
  }
  const listing = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(files.length, 8)
  end.writeUInt16LE(files.length, 10)
  end.writeUInt32LE(listing.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...parts, listing, end])
}

/** From "version needed" to "extra field length": what both kinds of header have in common. Deflated, UTF-8 names, dated 1980-01-01. */
function headerOf(checksum: number, packed: number, plain: number, nameLength: number): Buffer {
  const header = Buffer.alloc(26)
  header.writeUInt16LE(20, 0)
  header.writeUInt16LE(0x0800, 2)
  header.writeUInt16LE(8, 4)
  header.writeUInt16LE(0x21, 8)
  header.writeUInt32LE(checksum, 10)
  header.writeUInt32LE(packed, 14)
  header.writeUInt32LE(plain, 18)
  header.writeUInt16LE(nameLength, 22)
  return header
}
