import type { Call } from '@pe/contracts/actor.ts'
import type { Import, integrationRoutes } from '@pe/contracts/integration.ts'
import type { Input } from '@pe/contracts/route.ts'
import type { PlainDate } from '@pe/finance/time/plain-date.ts'
import type { WriteTx } from '@pe/platform/db/database.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { CloseColumn } from './importers/close-column.ts'
import type { ImportedFile } from './importers/imported-file.ts'
import type { IntegrationDeps } from './integration-deps.ts'
import { applyResults, batchOf, hasBook, judgeFile } from './judge-file.ts'
import type { Verdict } from './kept-file.ts'
import { recordLong, stagedOf } from './long/commit-long.ts'
import { readStored } from './read-file.ts'
import { renamedInstruments } from './renamed-instruments.ts'
import { resolveFile } from './resolve-file.ts'
import { listRows, replaceRows } from './store/import-rows.ts'
import { findImport, type ImportRecord, shown } from './store/imports.ts'
import { clearStagedFile, reportStaged } from './store/staged-rows.ts'
import type { IntegrationTables } from './store/tables.ts'
import { takeBack } from './take-back.ts'

/** Closes or rates handed over at once. */
const pieceLength = 50_000
/** Rows named in a refusal; the rest is in the list of rows. */
const namedRows = 20

/**
 * Records what the preview shows. The book's part is one database transaction in core; market's part comes before it and is taken back when
 * core refuses, so that nothing is half imported. Every step knows the import and may be repeated.
 */
export async function commitImport(
  deps: IntegrationDeps,
  { params: { importId }, body }: Input<typeof integrationRoutes.commitImport>,
  call: Call,
): Promise<Import> {
  const skipErrors = body.skipErrors ?? false
  const record = await claim(deps, importId, skipErrors, call)
  try {
    const { done, saveRows } = await recordEither(deps, record, skipErrors, call)
    await deps.db.write({ call, action: 'import.commit', subject: `import:${importId}` }, async (tx) => {
      const changes = { state: 'committed', committed_at: deps.clock.now(), committing_at: null, portfolio_id: done.portfolioId } as const
      const counts = done.counts ? { counts: JSON.stringify(done.counts) } : {}
      const query = tx.sql.updateTable('import').set({ ...changes, ...counts, adds: JSON.stringify(done.adds) })
      await query.where('id', '=', importId).execute()
      if (done.counts) await saveRows(tx)
      await tx.announce('import-committed', `${call.actor.organisationId}:${importId}`, { importId })
    })
    await clearStagedFile(deps.db.sql, importId)
  } catch (trouble) {
    await takeBack(deps, await findImport(deps.db.sql, call.actor, importId), call)
    await release(deps, importId, call)
    throw trouble
  }
  return shown(await findImport(deps.db.sql, call.actor, importId))
}

/** A file that stands in memory, or one whose rows are staged. */
async function recordEither(
  deps: IntegrationDeps,
  record: ImportRecord,
  skipErrors: boolean,
  call: Call,
): Promise<{ done: Recorded; saveRows: (tx: WriteTx<IntegrationTables>) => Promise<void> }> {
  const importId = record.id
  const kept = deps.keptFiles.take(importId)
  let read: ImportedFile | null = kept?.file ?? null
  const staged = kept ? null : await stagedOf(deps, importId, async () => (read = await readFileOf(deps, record, call)), call)
  if (staged) {
    const remember = (ids: string[]) => rememberInstruments(deps, importId, ids, call)
    const done = await recordLong(deps, record, staged, remember, skipErrors, call)
    return { done, saveRows: (tx) => reportStaged(tx.sql, importId, done.about.asDeliveries) }
  }
  const file = read ?? (await readFileOf(deps, record, call))
  if (!kept) await judgeFile(deps, file, { importId, portfolio: record.portfolio, baseCurrency: record.asked_currency }, call)
  const done = await recordFile(deps, record, file, kept?.verdict ?? null, skipErrors, call)
  return { done, saveRows: (tx) => replaceRows(tx, importId, file.rows) }
}

/** Checks that the import can be committed, and marks it, so that two people do not commit it twice and a crash leaves a trace. */
async function claim(deps: IntegrationDeps, importId: string, skipErrors: boolean, call: Call): Promise<ImportRecord> {
  return deps.db.write({ call, action: 'import.claim', subject: `import:${importId}` }, async (tx) => {
    const record = await findImport(tx.sql, call.actor, importId, { lock: true })
    if (record.state === 'needs-mapping') throw new Refused('mapping_needed', 'say first which column is what')
    if (record.state !== 'previewed') throw new Refused('wrong_import_state', `this import is ${record.state} already`)
    if (record.committing_at) throw new Refused('wrong_import_state', 'this import is being committed')
    const { error, needsDecision } = record.counts
    if (needsDecision > 0) await refuseRows(tx.sql, importId, 'needs-decision', needsDecision)
    if (error > 0 && !skipErrors) await refuseRows(tx.sql, importId, 'error', error)
    const isBook = record.content === 'book' || record.content === 'transactions'
    if (isBook && record.portfolio === null)
      throw new Refused('field_missing', 'name the portfolio to import into', [{ path: 'portfolio', detail: 'missing' }])
    if (isBook && record.base_currency === null)
      throw new Refused('field_missing', `the portfolio ${record.portfolio} is new and the file does not say its base currency: give one`, [
        { path: 'baseCurrency', detail: 'missing' },
      ])
    await tx.sql.updateTable('import').set({ committing_at: deps.clock.now() }).where('id', '=', importId).execute()
    return record
  })
}

async function refuseRows(
  db: Parameters<typeof listRows>[0],
  importId: string,
  state: 'error' | 'needs-decision',
  count: number,
): Promise<never> {
  const rows = await listRows(db, importId, { state, limit: namedRows })
  const first = rows[0]
  const what = state === 'error' ? 'in error' : 'waiting for a decision'
  const errors = rows.map(({ line, code, field, reason, note }) => ({
    path: `line ${line}`,
    ...(code ? { code } : {}),
    ...(note ? { facts: note.facts } : {}),
    detail: field ? `${field}: ${reason}` : (reason ?? ''),
  }))
  const example = first ? `; line ${first.line}: ${first.reason}` : ''
  throw new Refused(
    state === 'error' ? 'rows_in_error' : 'decision_needed',
    `${count} ${count === 1 ? 'row is' : 'rows are'} ${what}${example}`,
    errors,
    undefined,
    { case: 'count', refused: String(count) },
  )
}

interface Recorded {
  readonly portfolioId: string | null
  readonly adds: Import['adds']
  /** Of the rows, where the book judged one otherwise than the preview; null otherwise. */
  readonly counts: Import['counts'] | null
}

async function recordFile(
  deps: IntegrationDeps,
  record: ImportRecord,
  file: ImportedFile,
  verdict: Verdict | null,
  skipErrors: boolean,
  call: Call,
): Promise<Recorded> {
  const importId = record.id
  const resolved = await resolveFile(deps, file, importId, false, call)
  const instrumentIds = [...new Set([...resolved.ids.values()].filter((id) => id !== null))]
  // before anything else is recorded: whoever takes this back must know which instruments to ask the book about
  await rememberInstruments(deps, importId, instrumentIds, call)
  const closes = await recordCloses(deps, file, resolved.ids, importId, call)
  const rates = await recordRates(deps, file, importId, call)
  const adds = { accounts: 0, instruments: resolved.created, transactions: 0, closes, rates, taxonomies: 0 }
  if (!hasBook(file)) return { portfolioId: null, adds, counts: null }
  const judged = verdict && file.rows.counts().error === 0 ? await recordAsJudged(deps, verdict, resolved.ids, call) : null
  if (judged && !judged.stale) {
    const { portfolioId, accountsOpened: accounts, recorded: transactions } = judged
    return { portfolioId, adds: { ...adds, accounts, transactions }, counts: null }
  }
  const target = { importId, portfolio: record.portfolio, baseCurrency: record.base_currency }
  const batch = batchOf(file, target, record.base_currency, resolved.ids, rowsInError(file))
  const answer = await deps.core.recordBatch({ body: { ...batch, dryRun: false, skipRefused: skipErrors } }, call)
  const before = JSON.stringify(file.rows.counts())
  adds.transactions = applyResults(file, answer.rows)
  adds.taxonomies = answer.taxonomies
  adds.accounts = answer.accounts.filter(({ created }) => created).length
  const counts = file.rows.counts()
  return { portfolioId: answer.portfolioId, adds, counts: JSON.stringify(counts) === before ? null : counts }
}

/** What the book has judged whole at the preview is not handed over again: only the ids of the instruments that were made since. */
async function recordAsJudged(deps: IntegrationDeps, verdict: Verdict, ids: ReadonlyMap<string, string | null>, call: Call) {
  const instruments = renamedInstruments(verdict.ids, ids)
  return instruments && (await deps.core.recordJudged({ params: { verdict: verdict.id }, body: { instruments } }, call))
}

async function rememberInstruments(deps: IntegrationDeps, importId: string, instrumentIds: string[], call: Call): Promise<void> {
  await deps.db.write({ call, action: 'import.resolve', subject: `import:${importId}` }, (tx) =>
    tx.sql
      .updateTable('import')
      .set({ instrument_ids: JSON.stringify(instrumentIds) })
      .where('id', '=', importId)
      .execute(),
  )
}

function rowsInError(file: ImportedFile): Set<number> {
  const rows = new Set<number>()
  for (const { row, state } of file.rows) if (state === 'error') rows.add(row)
  return rows
}

type CloseSeries = { instrumentId: string; closes: [PlainDate, string][] }

async function recordCloses(
  deps: IntegrationDeps,
  file: ImportedFile,
  ids: ReadonlyMap<string, string | null>,
  importId: string,
  call: Call,
): Promise<number> {
  let [recorded, waiting] = [0, 0]
  let series: CloseSeries[] = []
  const flush = async () => {
    if (waiting === 0) return
    const { added, changed } = await deps.market.recordCloseBatch({ body: { importId, series } }, call)
    recorded += added + changed
    series = []
    waiting = 0
  }
  for (const { key, closes } of file.closes) {
    const instrumentId = ids.get(key)
    if (!instrumentId) continue
    for (const piece of pieces(closes)) {
      series.push({ instrumentId, closes: piece })
      waiting += piece.length
      if (waiting >= pieceLength) await flush()
    }
  }
  await flush()
  return recorded
}

async function recordRates(deps: IntegrationDeps, file: ImportedFile, importId: string, call: Call): Promise<number> {
  let recorded = 0
  for (const { base, quote, rates } of file.rates) {
    for (const piece of pieces(rates)) {
      const body = { importId, rates: piece.map(([date, rate]) => ({ date, base, quote, rate })) }
      const { added, changed } = await deps.market.recordRateBatch({ body }, call)
      recorded += added + changed
    }
  }
  return recorded
}

function* pieces(column: CloseColumn): Generator<[PlainDate, string][]> {
  let piece: [PlainDate, string][] = []
  for (const entry of column.entries()) {
    piece.push(entry)
    if (piece.length < pieceLength) continue
    yield piece
    piece = []
  }
  if (piece.length > 0) yield piece
}

/** After a restart, or for a file too large to keep: the same bytes give the same rows. */
function readFileOf(
  deps: IntegrationDeps,
  { file_key: fileKey, file_name: fileName, mapping }: ImportRecord,
  call: Call,
): Promise<ImportedFile> {
  return readStored(deps, { fileKey, fileName, mapping }, call)
}

async function release(deps: IntegrationDeps, importId: string, call: Call): Promise<void> {
  await deps.db.write({ call, action: 'import.release', subject: `import:${importId}` }, (tx) =>
    tx.sql.updateTable('import').set({ committing_at: null }).where('id', '=', importId).execute(),
  )
}
