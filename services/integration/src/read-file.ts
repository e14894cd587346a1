import type { Call } from '@pe/contracts/actor.ts'
import type { Mapping } from '@pe/contracts/integration.ts'
import { readFile } from './importers/detect-format.ts'
import type { ImportedFile } from './importers/imported-file.ts'
import { openSource } from './importers/source/open-source.ts'
import type { IntegrationDeps } from './integration-deps.ts'

/** Reads a stored file by what it holds. */
export async function readStored(
  deps: IntegrationDeps,
  { fileKey, fileName, mapping }: { fileKey: string; fileName: string; mapping: Mapping | null },
  call: Call,
): Promise<ImportedFile> {
  const source = await openSource(fileName, () => deps.files.get(fileKey))
  const { timeZone } = call.actor
  const { clock, mostRowsInMemory } = deps
  return readFile(source, { today: clock.today(timeZone), timeZone, mostRowsInMemory, ...(mapping ? { mapping } : {}) })
}
