import type { Call } from '@pe/contracts/actor.ts'
import type { NewInstrument } from '@pe/contracts/market.ts'
import { type Because, because } from './importers/because.ts'
import type { ImportedFile, ImportedInstrument } from './importers/imported-file.ts'
import type { IntegrationOptions } from './integration-deps.ts'

/** Our instruments by the file's keys; null for one that there is not (yet). `ambiguous` are those without a currency that nothing decides. */
export interface Resolved {
  readonly ids: ReadonlyMap<string, string | null>
  readonly created: number
  /** Keys of those that were created now. */
  readonly made: ReadonlySet<string>
  readonly unclear: ReadonlyMap<string, Because>
}

type WithCurrency = ImportedInstrument & { instrument: NewInstrument }

/** Looks every instrument of the file up in market; outside a dry run those that are missing are created under the import's name. */
export async function resolveFile(
  deps: IntegrationOptions,
  file: Pick<ImportedFile, 'instruments'>,
  importId: string,
  dryRun: boolean,
  call: Call,
): Promise<Resolved> {
  const complete = file.instruments.filter((one): one is WithCurrency => one.instrument.currency !== null)
  const ids = new Map<string, string | null>()
  const unclear = new Map<string, Because>()
  for (const one of file.instruments) {
    if (one.instrument.currency !== null) continue
    const found = await lookUp(deps, one, call)
    if (typeof found === 'string') ids.set(one.key, found)
    else unclear.set(one.key, found)
  }
  if (complete.length === 0) return { ids, created: 0, made: new Set(), unclear }
  const { found } = await deps.market.resolveInstruments({ body: { importId, dryRun, instruments: complete } }, call)
  const [missing, made] = [new Set<string>(), new Set<string>()]
  for (const { key, instrumentId, created } of found) {
    ids.set(key, instrumentId)
    if (created && instrumentId !== null) made.add(key)
    if (created || instrumentId === null) missing.add(instrumentId ?? key)
  }
  return { ids, created: missing.size, made, unclear }
}

/** A price file that names no currency can only mean an instrument that is known, and one alone. */
async function lookUp({ market }: IntegrationOptions, { instrument }: ImportedInstrument, call: Call): Promise<string | Because> {
  const { isin, symbol, name } = instrument
  const { items } = await market.listInstruments({ query: { text: isin ?? symbol ?? name, limit: 200 } }, call)
  const same = (a: string | undefined, b: string | undefined): boolean =>
    a !== undefined && b !== undefined && a.toLowerCase() === b.toLowerCase()
  const found = items.filter(
    (one) => same(isin, one.isin) || same(symbol, one.symbol) || (!isin && !symbol && same(name, one.name)) || same(name, one.symbol),
  )
  const [only, ...more] = found
  if (only && more.length === 0) return only.id
  return only ? because('instrument-unclear', { name, count: String(found.length) }) : because('instrument-unknown', { name })
}
