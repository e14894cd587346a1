import type { Call } from '@pe/contracts/actor.ts'
import { epochMilliseconds, instantOf } from '@pe/finance/time/instant.ts'
import type { LongEnd, LongPiece, LongTransactions } from '../importers/imported-file.ts'
import type { IntegrationDeps } from '../integration-deps.ts'
import { reportTexts } from '../store/import-rows.ts'
import { clearStagedFile, stagedBefore, stagedColumns } from '../store/staged-rows.ts'

/** Staged later than that, a preview is read again from its file. */
const keptMilliseconds = 86_400_000
/** Rows of one COPY. */
const atOnce = 4000

/** Reads a long file into the staging table: the parser goes on with one piece while the database takes the one before. */
export async function stageFile(deps: IntegrationDeps, importId: string, long: LongTransactions, call: Call): Promise<LongEnd> {
  const forgotten = instantOf(epochMilliseconds(deps.clock.now()) - keptMilliseconds)
  for (const old of [importId, ...(await stagedBefore(deps.db.sql, call.actor, forgotten))]) await clearStagedFile(deps.db.sql, old)
  let [waiting, count]: [LongPiece[], number] = [[], 0]
  let copying: Promise<unknown> = Promise.resolve()
  const copy = async () => {
    await copying
    const pieces = waiting
    waiting = []
    count = 0
    copying = deps.db.stage('staged_row', stagedColumns, texts(importId, call.actor.organisationId, pieces))
    // whoever awaits it hears of trouble; until then it is no unhandled one
    copying.catch(() => {})
  }
  const end = await long.read(async (piece) => {
    waiting.push(piece)
    count += piece.reports.length
    if (count >= atOnce) await copy()
  })
  await copy()
  await copying
  return end
}

function* texts(importId: string, organisationId: string, pieces: readonly LongPiece[]): Generator<(string | null)[]> {
  for (const { reports, transactions } of pieces) {
    let next = 0
    for (const report of reports) {
      const transaction = transactions[next]?.row === report.row ? transactions[next++] : undefined
      const line = reportTexts(importId, organisationId, report)
      line.push(transaction ? JSON.stringify(transaction) : null)
      yield line
    }
  }
}
