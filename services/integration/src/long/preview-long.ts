import type { Call } from '@pe/contracts/actor.ts'
import type { FileNote } from '@pe/contracts/import-notes.ts'
import type { Import } from '@pe/contracts/integration.ts'
import { fileNote } from '../importers/because.ts'
import type { ImportedFile, LongTransactions } from '../importers/imported-file.ts'
import type { RowCounts } from '../importers/row-log.ts'
import type { IntegrationDeps } from '../integration-deps.ts'
import { portfolioOf, stubIds, type Target } from '../judge-file.ts'
import { resolveFile } from '../resolve-file.ts'
import { countStagedRows, rememberFile } from '../store/staged-rows.ts'
import type { StagedAbout } from '../store/tables.ts'
import { judgeLong } from './judge-long.ts'
import { stageFile } from './stage-file.ts'

export interface LongJudgement {
  readonly about: StagedAbout
  readonly portfolioId: string | null
  readonly baseCurrency: string | null
  readonly adds: Import['adds']
  readonly counts: RowCounts
  readonly notes: readonly FileNote[]
}

/** The dry run of a file that is staged: the same questions as for a short one, with its rows in the database instead of in memory. */
export async function judgeLongFile(
  deps: IntegrationDeps,
  file: ImportedFile,
  long: LongTransactions,
  target: Target,
  call: Call,
): Promise<LongJudgement> {
  const { importId } = target
  const { end, texts } = await stageFile(deps, importId, long, call)
  const resolved = await resolveFile(deps, end, importId, true, call)
  const portfolio = await portfolioOf(deps, file, new Set(end.currencies), target, call)
  const about: StagedAbout = { ...end, ids: Object.fromEntries(stubIds(resolved)) }
  const judged = await judgeLong(deps, { about, texts }, target, portfolio.baseCurrency, call)
  await rememberFile(deps.db.sql, call.actor, importId, about, deps.clock.now())
  const notes = [...(end.asDeliveries ? [fileNote('no-cash-movements')] : [])]
  if (target.portfolio !== null && portfolio.baseCurrency === null) notes.push(fileNote('no-base-currency'))
  return {
    about,
    ...portfolio,
    adds: {
      accounts: judged.accountsOpened,
      instruments: resolved.created,
      transactions: judged.recorded,
      closes: 0,
      rates: 0,
      taxonomies: 0,
    },
    counts: await countStagedRows(deps.db.sql, importId),
    notes,
  }
}
