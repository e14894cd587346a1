import { Refused } from '@pe/platform/http/refused.ts'

/** The file cannot be read; the message names the line and the reason. */
export function brokenFile(line: number, reason: string): Refused {
  return new Refused('file_broken', `line ${line}: ${reason}`, [{ path: `line ${line}`, code: 'file_broken', detail: reason }])
}

/** No importer knows this content. */
export function unknownFormat(reason: string, line = 1): Refused {
  return new Refused('unknown_format', `line ${line}: ${reason}`, [{ path: `line ${line}`, code: 'unknown_format', detail: reason }])
}
