import type { Mapping } from '@pe/contracts/integration.ts'
import type { ImportedFile } from './importers/imported-file.ts'

/** What the book remembers of a dry run, and the ids that the instruments of the file had in it, by their keys. */
export interface Verdict {
  readonly id: string
  readonly ids: ReadonlyMap<string, string>
}

/** A file as read, and what the book remembers of having judged it. */
export interface KeptFile {
  readonly file: ImportedFile
  readonly verdict: Verdict | null
  /** What it was read for; its import may ask for something else by now. */
  readonly asked: { readonly portfolio: string | null; readonly baseCurrency: string | null; readonly mapping: Mapping | null }
}
