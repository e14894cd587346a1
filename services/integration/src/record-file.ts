import { isDeepStrictEqual } from 'node:util'
import type { Call } from '@pe/contracts/actor.ts'
import type { Import } from '@pe/contracts/integration.ts'
import type { WriteTx } from '@pe/platform/db/database.ts'
import type { ImportedFile } from './importers/imported-file.ts'
import type { IntegrationDeps } from './integration-deps.ts'
import { applyResults, type BatchRow, batchOf, blameUnclear, hasBook } from './judge-file.ts'
import type { Verdict } from './kept-file.ts'
import { recordCloses, recordRates } from './record-series.ts'
import { asLines, refusedFor } from './refused-rows.ts'
import { rememberInstruments } from './remember-instruments.ts'
import { renamedInstruments } from './renamed-instruments.ts'
import { type Resolved, resolveFile } from './resolve-file.ts'
import { readReports, replaceRows } from './store/import-rows.ts'
import type { ImportRecord } from './store/imports.ts'
import type { IntegrationTables } from './store/tables.ts'

export interface Recorded {
  readonly portfolioId: string | null
  readonly adds: Import['adds']
  /** Of the rows, where the book judged one otherwise than the preview; null otherwise. */
  readonly counts: Import['counts'] | null
  /** Saves the report of the rows where it is another now. */
  readonly saveRows: (tx: WriteTx<IntegrationTables>) => Promise<void>
}

/** A file in memory: as it was judged at the preview, or without a verdict where it was read again. */
interface FileAtHand {
  readonly file: ImportedFile
  readonly verdict?: Verdict | null
}

/**
 * Records a file that stands in memory: market's part, then its transactions in one batch of the book, which judges every row again unless it
 * remembers having judged them whole. What was kept of the preview makes it faster and changes nothing of the outcome.
 */
export async function recordFile(
  deps: IntegrationDeps,
  record: ImportRecord,
  atHand: FileAtHand,
  readAgain: () => Promise<ImportedFile>,
  skipErrors: boolean,
  call: Call,
): Promise<Recorded> {
  const importId = record.id
  const { file, verdict } = atHand
  const resolved = await resolveFile(deps, file, importId, false, call)
  orRefuseUnclear(file, resolved)
  // before anything else is recorded: whoever takes this back must know which instruments to ask the book about
  await rememberInstruments(deps, importId, [...new Set([...resolved.ids.values()].filter((id) => id !== null))], call)
  const closes = await recordCloses(deps, file, resolved.ids, importId, call)
  const rates = await recordRates(deps, file, importId, call)
  const adds = { accounts: 0, instruments: resolved.created, transactions: 0, closes, rates, taxonomies: 0 }
  const asPreviewed = { counts: null, saveRows: async () => {} }
  if (!hasBook(file)) return { portfolioId: null, adds, ...asPreviewed }
  const judged = verdict ? await recordAsJudged(deps, verdict, resolved.ids, call) : null
  if (judged && !judged.stale) {
    const { portfolioId, accountsOpened: accounts, recorded: transactions } = judged
    return { portfolioId, adds: { ...adds, accounts, transactions }, ...asPreviewed }
  }
  const target = { importId, portfolio: record.portfolio, baseCurrency: record.base_currency }
  const body = { ...batchOf(file, target, record.base_currency, resolved.ids), dryRun: false, skipRefused: skipErrors }
  const lineOf = (row: number): [number, number] => [row, file.rows.at(row)?.line ?? row]
  const answer = await deps.core.recordBatch({ body }, call).catch(async (trouble: unknown) => {
    throw await asLines(trouble, async (rows) => new Map(rows.map(lineOf)))
  })
  const accounts = answer.accounts.filter(({ created }) => created).length
  const transactions = answer.rows.filter(({ result }) => result === 'recorded').length
  const report = await reportNow(deps, record, atHand, answer.rows, readAgain)
  const saveRows = async (tx: WriteTx<IntegrationTables>) => (report ? await replaceRows(tx, importId, report.rows) : undefined)
  const counts = report?.rows.counts() ?? null
  return { portfolioId: answer.portfolioId, adds: { ...adds, accounts, transactions, taxonomies: answer.taxonomies }, counts, saveRows }
}

/** What the book has judged whole at the preview is not handed over again: only the ids of the instruments that were made since. */
async function recordAsJudged(deps: IntegrationDeps, verdict: Verdict, ids: ReadonlyMap<string, string | null>, call: Call) {
  const instruments = renamedInstruments(verdict.ids, ids)
  return instruments && (await deps.core.recordJudged({ params: { verdict: verdict.id }, body: { instruments } }, call))
}

/** Prices whose instrument was clear at the preview may be any of two by now. */
function orRefuseUnclear(file: ImportedFile, resolved: Resolved): void {
  if (resolved.unclear.size === 0) return
  blameUnclear(file, resolved)
  const waiting = Array.from(file.rows).filter(({ state }) => state === 'needs-decision')
  if (waiting.length > 0) throw refusedFor('needs-decision', waiting.length, waiting)
}

/** What is to be told of the rows now that the book has judged them again; null where it is what the preview told. */
async function reportNow(
  deps: IntegrationDeps,
  { id: importId, counts: previewed }: ImportRecord,
  { file, verdict }: FileAtHand,
  results: readonly BatchRow[],
  readAgain: () => Promise<ImportedFile>,
): Promise<ImportedFile | null> {
  const isKept = verdict !== undefined
  // of a row that could not be recorded then, and could be now, the file tells how it was read
  const isOtherwise = ({ row, result }: BatchRow) => result === 'recorded' && file.rows.at(row)?.state !== 'ok'
  if (isKept && !results.some(isOtherwise)) {
    const before = file.rows.changes
    applyResults(file, results)
    return file.rows.changes === before ? null : file
  }
  const fresh = isKept ? await readAgain() : file
  await recallSeries(deps, fresh, importId)
  applyResults(fresh, results)
  const counts = fresh.rows.counts()
  // rows are alike where none is refused or known; else as many may be others
  return counts.error + counts.duplicate === 0 && isDeepStrictEqual({ ...counts }, { ...previewed }) ? null : fresh
}

/** A series was compared with what market had at the preview: by now market has it all. */
async function recallSeries(deps: IntegrationDeps, file: ImportedFile, importId: string): Promise<void> {
  const rows = [...file.closes, ...file.rates].flatMap(({ row }) => row ?? [])
  if (rows.length === 0) return
  for (const report of await readReports(deps.db.sql, importId, rows)) file.rows.change(report.row, report)
}
