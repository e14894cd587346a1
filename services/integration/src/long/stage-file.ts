import type { Call } from '@pe/contracts/actor.ts'
import { epochMilliseconds, instantOf } from '@pe/finance/time/instant.ts'
import type { LongEnd, LongTransactions } from '../importers/imported-file.ts'
import type { RowReport } from '../importers/row-report.ts'
import type { IntegrationDeps } from '../integration-deps.ts'
import { reportTexts } from '../store/import-rows.ts'
import { clearStagedFile, stagedBefore, stagedColumns } from '../store/staged-rows.ts'
import { SpooledTexts } from './spooled-texts.ts'

/** Staged later than that, a preview is read again from its file. */
const keptMilliseconds = 86_400_000
/** Rows of one COPY. */
const atOnce = 4000

export interface StagedFile {
  readonly end: LongEnd
  readonly texts: SpooledTexts
}

/** Reads a long file into the staging tables: the parser goes on with one piece while the database takes the one before. */
export async function stageFile(deps: IntegrationDeps, importId: string, long: LongTransactions, call: Call): Promise<StagedFile> {
  const forgotten = instantOf(epochMilliseconds(deps.clock.now()) - keptMilliseconds)
  for (const old of [importId, ...(await stagedBefore(deps.db.sql, call.actor, forgotten))]) await clearStagedFile(deps.db.sql, old)
  const texts = SpooledTexts.empty(deps, call, importId)
  let waiting: RowReport[] = []
  let copying: Promise<unknown> = Promise.resolve()
  const copy = async () => {
    await copying
    const reports = waiting
    waiting = []
    copying = deps.db.stage('staged_row', stagedColumns, lines(importId, call.actor.organisationId, reports))
    // whoever awaits it hears of trouble; until then it is no unhandled one
    copying.catch(() => {})
  }
  const end = await long.read(async ({ reports, transactions }) => {
    for (const report of reports) waiting.push(report)
    await texts.add(transactions)
    if (waiting.length >= atOnce) await copy()
  })
  await copy()
  await Promise.all([copying, texts.end()])
  return { end, texts }
}

function* lines(importId: string, organisationId: string, reports: readonly RowReport[]): Generator<(string | null)[]> {
  for (const report of reports) yield reportTexts(importId, organisationId, report)
}
