import type { PackedSeries } from '@pe/contracts/market.ts'
import { type CloseColumn, lastUpTo } from '@pe/finance/kernel/columns.ts'
import { quoteUnit } from '@pe/finance/money/currency.ts'

/** Places of the integers in a packed series (contracts/market.ts). */
const packedScale = 8

/** The wire's columns as typed arrays, without a text per element. Throws a RangeError for a unit that nothing is quoted in. */
export function closeColumnOf(unit: string, packed: PackedSeries): CloseColumn {
  const quoted = quoteUnit(unit)
  if (!quoted) throw new RangeError(`unknown quote unit: ${JSON.stringify(unit)}`)
  const days = new Int32Array(bigEndian(packed.days, 4))
  const closes = new Float64Array(bigEndian(packed.values, 8))
  if (packed.exact.length === 0) return { unit: quoted, scale: packedScale, days, closes }
  const exact = new Map<number, string>()
  for (const [day, text] of packed.exact) {
    const index = lastUpTo(days, day)
    exact.set(index, text)
    closes[index] = Number(text) * 10 ** packedScale
  }
  return { unit: quoted, scale: packedScale, days, closes, exact }
}

/** Base64 of big-endian numbers as a buffer in the machine's own order. */
function bigEndian(base64: string, bytesPerNumber: 4 | 8): ArrayBuffer {
  const bytes = Buffer.from(new Uint8Array(Buffer.from(base64, 'base64')).buffer)
  if (littleEndian) bytesPerNumber === 4 ? bytes.swap32() : bytes.swap64()
  return bytes.buffer as ArrayBuffer
}

const littleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1
