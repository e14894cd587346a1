import type { Call } from '@pe/contracts/actor.ts'
import type { Import } from '@pe/contracts/integration.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { ImportedFile } from '../importers/imported-file.ts'
import type { IntegrationDeps } from '../integration-deps.ts'
import type { Target } from '../judge-file.ts'
import { asLines } from '../refused-rows.ts'
import { rememberInstruments } from '../remember-instruments.ts'
import { renamedInstruments } from '../renamed-instruments.ts'
import { resolveFile } from '../resolve-file.ts'
import type { ImportRecord } from '../store/imports.ts'
import { countStagedRows, findStagedFile, linesOf, rememberFile } from '../store/staged-rows.ts'
import { hasStagedTexts } from '../store/staged-texts.ts'
import type { StagedAbout } from '../store/tables.ts'
import { destinationOf, judgeLong } from './judge-long.ts'
import { SpooledTexts } from './spooled-texts.ts'
import { type StagedFile, stageFile } from './stage-file.ts'

/** Other writers may change the books between judging and recording; each time the rows are judged again. */
const mostTries = 5

export interface LongRecorded {
  readonly about: StagedAbout
  readonly portfolioId: string | null
  readonly adds: Import['adds']
  /** Of the rows, where the book judged them again; null when the preview stands. */
  readonly counts: Import['counts'] | null
}

export interface FoundStaged {
  readonly about: StagedAbout
  /** The file was read again: what the book may still have of its rows was told to nobody. */
  readonly isFresh: boolean
  /** What its rows state; null where it is not to be had any more. */
  readonly texts: () => Promise<SpooledTexts | null>
}

/** What is staged of an import that is to be committed; a file whose rows are not there any more is read again. */
export async function stagedOf(
  deps: IntegrationDeps,
  importId: string,
  read: () => Promise<ImportedFile | null>,
  call: Call,
): Promise<FoundStaged | null> {
  const about = await findStagedFile(deps.db.sql, call.actor, importId)
  if (about) {
    // what its rows state may be gone from memory: it is read again where the rows are judged again
    const restaged = async () => (await staging(deps, importId, await read(), call))?.texts ?? null
    const texts = async () => ((await hasStagedTexts(deps.db.sql, importId)) ? SpooledTexts.staged(deps, call, importId) : await restaged())
    return { about, isFresh: false, texts }
  }
  const file = await staging(deps, importId, await read(), call)
  return file && { about: { ...file.end, ids: {} }, isFresh: true, texts: async () => file.texts }
}

async function staging(deps: IntegrationDeps, importId: string, file: ImportedFile | null, call: Call): Promise<StagedFile | null> {
  return file?.long ? await stageFile(deps, importId, file.long, call) : null
}

/**
 * Records a staged file: its instruments in market, then all its rows in one database transaction of the book. What the book judged at the
 * preview stands unless it, or an instrument that was still to be created, is another now.
 */
export async function recordLong(
  deps: IntegrationDeps,
  record: ImportRecord,
  { about: staged, isFresh, texts: findTexts }: FoundStaged,
  skipErrors: boolean,
  call: Call,
): Promise<LongRecorded> {
  const importId = record.id
  const resolved = await resolveFile(deps, staged, importId, false, call)
  const ids = Object.fromEntries([...resolved.ids].flatMap(([key, id]) => (id === null ? [] : [[key, id] as const])))
  // before anything else is recorded: whoever takes this back must know which instruments to ask the book about
  await rememberInstruments(deps, importId, [...new Set(Object.values(ids))], call)
  const target: Target = { importId, portfolio: record.portfolio, baseCurrency: record.base_currency }
  let about: StagedAbout = { ...staged, ids }
  const destination = destinationOf(about, target, record.base_currency)
  // an instrument that this import made cannot stand in the book already: what was judged of its rows holds
  const changed = Object.keys(ids).filter((key) => staged.ids[key] !== ids[key])
  const made = renamedInstruments(new Map(Object.entries(staged.ids)), resolved.ids)
  let judgeAgain = isFresh || made === null || changed.some((key) => staged.ids[key] === undefined || !resolved.made.has(key))
  let texts: SpooledTexts | null = null
  for (let tries = 0; tries < mostTries; tries++) {
    if (judgeAgain) {
      texts ??= await findTexts()
      if (!texts) throw new Refused('unavailable', 'the rows of the file are not here any more; preview it again')
      about = { ...about, judgedAgain: true }
      await judgeLong(deps, { about, texts }, target, record.base_currency, call)
      await rememberFile(deps.db.sql, call.actor, importId, about, deps.clock.now())
    }
    const body = { ...destination, skipRefused: skipErrors, instruments: judgeAgain ? [] : (made ?? []) }
    const done = await deps.core.recordStaged({ params: { importId }, body }, call).catch(async (trouble: unknown) => {
      throw await asLines(trouble, (rows) => linesOf(deps.db.sql, importId, rows))
    })
    if (!done.stale) {
      const adds = {
        accounts: done.accountsOpened,
        instruments: resolved.created,
        transactions: done.recorded,
        closes: 0,
        rates: 0,
        taxonomies: 0,
      }
      const counts = about.judgedAgain ? await countStagedRows(deps.db.sql, importId) : null
      return { about, portfolioId: done.portfolioId, adds, counts }
    }
    judgeAgain = true
  }
  throw new Refused('unavailable', 'the accounts of the file are being changed by others all the time; try again')
}
