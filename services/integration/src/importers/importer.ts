import type { Readable } from 'node:stream'
import type { Mapping } from '@pe/contracts/integration.ts'
import type { PlainDate } from '@pe/finance/time/plain-date.ts'
import type { ImportedFile } from './imported-file.ts'

/** A file that can be read from its start more than once. */
export interface Source {
  readonly fileName: string
  /** Its first bytes, at most 64 KB: what detection looks at. */
  readonly head: Uint8Array
  open(): Promise<Readable>
}

export interface ReadOptions {
  /** Rows after this day become drafts. */
  readonly today: PlainDate
  /** Zone in which the day of a moment is meant. */
  readonly timeZone: string
  readonly mapping?: Mapping | undefined
  /** Longer tables are read in pieces. */
  readonly mostRowsInMemory?: number
}

/** One format. `read` is pure: bytes in, rows out; what cannot be read at all is thrown as a Refused that names line and reason. */
export interface Importer {
  readonly format: string
  /** By content; a file's name never decides. */
  detect(source: Source, options: ReadOptions): boolean
  read(source: Source, options: ReadOptions): Promise<ImportedFile>
}
