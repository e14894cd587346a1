import { setImmediate as takeTurns } from 'node:timers/promises'
import type { Call } from '@pe/contracts/actor.ts'
import type { BatchTransaction } from '@pe/contracts/batches.ts'
import type { FileNote } from '@pe/contracts/import-notes.ts'
import type { Import } from '@pe/contracts/integration.ts'
import type { Facts } from '@pe/contracts/scalars.ts'
import type { BatchTaxonomy } from '@pe/contracts/taxonomies.ts'
import { isCurrency } from '@pe/finance/money/currency.ts'
import { because, fileNote, refusalNote } from './importers/because.ts'
import type { ImportedFile, ImportedTaxonomy, ImportedTransaction } from './importers/imported-file.ts'
import type { IntegrationOptions } from './integration-deps.ts'
import type { Verdict } from './kept-file.ts'
import { compareSeries } from './known-series.ts'
import { type Resolved, resolveFile } from './resolve-file.ts'

export interface Target {
  readonly importId: string
  readonly portfolio: string | null
  /** Asked for when the portfolio is new. */
  readonly baseCurrency: string | null
}

/** What committing would do. The rows of the file now say so too. */
export interface Judgement {
  readonly portfolioId: string | null
  readonly baseCurrency: string | null
  readonly adds: Import['adds']
  readonly notes: readonly FileNote[]
  readonly verdict: Verdict | null
}

export type BatchRow = { row: number; result: 'recorded' | 'duplicate' | 'refused'; code?: string; detail?: string; facts?: Facts }

/** The dry run: instruments are looked up, the book is asked what it would do with each row, prices are compared; nothing is recorded. */
export async function judgeFile(deps: IntegrationOptions, file: ImportedFile, target: Target, call: Call): Promise<Judgement> {
  const resolved = await resolveFile(deps, file, target.importId, true, call)
  blameUnclear(file, resolved)
  const portfolio = await portfolioOf(deps, file, new Set(file.transactions.map(({ currency }) => currency)), target, call)
  const series = await compareSeries(deps, file, resolved.ids, call)
  const none = { accounts: 0, instruments: resolved.created, transactions: 0, taxonomies: 0, ...series }
  if (!hasBook(file)) return { ...portfolio, adds: none, notes: [], verdict: null }
  const ids = stubIds(resolved)
  await takeTurns()
  const answer = await deps.core.recordBatch(
    { body: { ...batchOf(file, target, portfolio.baseCurrency, ids), dryRun: true, skipRefused: true } },
    call,
  )
  await takeTurns()
  const transactions = applyResults(file, namedIn(answer.rows, file, ids))
  const accounts = answer.accounts.filter(({ created }) => created).length
  const notes = target.portfolio !== null && portfolio.baseCurrency === null ? [fileNote('no-base-currency')] : []
  const verdict = answer.verdict === undefined ? null : { id: answer.verdict, ids }
  return { ...portfolio, adds: { ...none, accounts, transactions, taxonomies: answer.taxonomies }, notes, verdict }
}

export function hasBook(file: ImportedFile): boolean {
  return file.content === 'book' || file.content === 'transactions'
}

/** What core is handed: the transactions of rows that could be read, instruments by our ids. */
export function batchOf(
  file: ImportedFile,
  { importId, portfolio }: Target,
  baseCurrency: string | null,
  ids: ReadonlyMap<string, string | null>,
) {
  const transactions = file.transactions.map((transaction) => withIds(transaction, ids))
  return {
    importId,
    accounts: [...file.accounts],
    ...(portfolio !== null && baseCurrency !== null ? { portfolio: { name: portfolio, baseCurrency } } : {}),
    transactions,
    ...(file.taxonomies ? { taxonomies: file.taxonomies.map((taxonomy) => taxonomyWithIds(taxonomy, ids)) } : {}),
  }
}

/** An assignment of an instrument that was not resolved is left out. */
function taxonomyWithIds({ assignments, nodes, ...taxonomy }: ImportedTaxonomy, ids: ReadonlyMap<string, string | null>): BatchTaxonomy {
  const known = assignments.flatMap(({ instrumentKey, ...assignment }) => {
    const instrumentId = instrumentKey === undefined ? undefined : ids.get(instrumentKey)
    if (instrumentKey !== undefined && !instrumentId) return []
    return [{ ...assignment, ...(instrumentId ? { instrumentId } : {}) }]
  })
  return { ...taxonomy, nodes: [...nodes], assignments: known }
}

export function withIds({ instrumentKey, ...transaction }: ImportedTransaction, ids: ReadonlyMap<string, string | null>): BatchTransaction {
  if (instrumentKey === undefined) return transaction
  const instrumentId = ids.get(instrumentKey)
  if (!instrumentId) throw new Error(`instrument ${instrumentKey} was not resolved`)
  return { ...transaction, instrumentId }
}

const stubPrefix = '00000000-0000-4000-8000-'
const stubShape = new RegExp(`${stubPrefix}[0-9a-f]{12}`, 'g')

/** In a dry run instruments that are still to be created need an id that nothing else has. */
export function stubIds({ ids }: Resolved): Map<string, string> {
  let count = 0
  return new Map([...ids].map(([key, id]) => [key, id ?? `${stubPrefix}${(++count).toString(16).padStart(12, '0')}`]))
}

/** The book cannot name an instrument that is still to be created; the file can. */
export function namedIn(
  results: readonly BatchRow[],
  { instruments }: Pick<ImportedFile, 'instruments'>,
  ids: ReadonlyMap<string, string | null>,
): BatchRow[] {
  const nameOf = new Map(instruments.map(({ key, instrument }) => [ids.get(key), instrument.name]))
  const named = (words: string) => words.replace(stubShape, (id) => nameOf.get(id) ?? id)
  const namedFacts = (facts?: Facts) =>
    facts ? { facts: Object.fromEntries(Object.entries(facts).map(([fact, value]) => [fact, named(value)])) } : {}
  return results.map((result) =>
    result.detail?.includes(stubPrefix) ? { ...result, detail: named(result.detail), ...namedFacts(result.facts) } : result,
  )
}

/** Rows get the state that the book gives them; a row of two transactions is known only when both are. Answers how many would be recorded. */
export function applyResults(file: ImportedFile, results: readonly BatchRow[]): number {
  const byRow = new Map<number, BatchRow>()
  let recorded = 0
  for (const result of results) {
    if (result.result === 'recorded') recorded += 1
    const before = byRow.get(result.row)
    if (!before || result.result === 'refused' || (before.result === 'duplicate' && result.result === 'recorded'))
      byRow.set(result.row, result)
  }
  for (const { row, result, code = null, detail = null, facts } of byRow.values()) {
    const said = file.rows.at(row)
    if (result === 'duplicate' && said?.state !== 'duplicate')
      file.rows.change(row, { state: 'duplicate', draft: false, field: null, code: null, ...because('imported') })
    if (result === 'refused' && !(said?.state === 'error' && said.code === code && said.reason === detail))
      file.rows.change(row, { state: 'error', field: null, code, reason: detail, note: refusalNote(code ?? undefined, facts) })
  }
  for (const { row, follows } of followers(file)) {
    const leads = file.rows.at(follows)
    if (!leads || leads.state === file.rows.at(row)?.state) continue
    const line = String(leads.line)
    const why =
      leads.state === 'ok'
        ? because('other-side', { line })
        : leads.state === 'duplicate'
          ? { reason: leads.reason, note: leads.note }
          : because('other-side-says', { line, reason: leads.reason ?? '' })
    file.rows.change(row, { state: leads.state, code: leads.code, ...why })
  }
  return recorded
}

/** The other sides of cross entries. */
function followers(file: ImportedFile): { row: number; follows: number }[] {
  if (file.content !== 'book') return []
  const found: { row: number; follows: number }[] = []
  for (const { row, follows } of file.rows) if (follows !== undefined) found.push({ row, follows })
  return found
}

/** Rows of prices whose instrument nothing decides wait for somebody who does. */
export function blameUnclear(file: ImportedFile, { unclear }: Resolved): void {
  for (const { key, row, rows, closes } of file.closes) {
    const why = unclear.get(key)
    if (why === undefined) continue
    const change = { state: 'needs-decision', field: 'currency', code: 'decision_needed', ...why } as const
    if (row !== undefined) file.rows.change(row, change)
    for (let at = 0; rows && at < closes.length; at++) file.rows.change(rows[at] ?? 0, change)
  }
}

/** The portfolio's own base currency when it stands, else the one asked for, the file's, or the only one in it. */
export async function portfolioOf(
  { core }: IntegrationOptions,
  file: ImportedFile,
  currencies: ReadonlySet<string | undefined>,
  { portfolio, baseCurrency }: Target,
  call: Call,
) {
  if (portfolio !== null && hasBook(file)) {
    const { items } = await core.listPortfolios({ query: { name: portfolio } }, call)
    const standing = items.find(({ name }) => name.toLowerCase() === portfolio.toLowerCase())
    if (standing) return { portfolioId: standing.id, baseCurrency: standing.baseCurrency }
  }
  const stated = baseCurrency ?? file.baseCurrency
  return { portfolioId: null, baseCurrency: stated !== null && isCurrency(stated) ? stated : onlyOne(currencies) }
}

function onlyOne(used: ReadonlySet<string | undefined>): string | null {
  const [only, ...more] = used
  return only !== undefined && more.length === 0 ? only : null
}
