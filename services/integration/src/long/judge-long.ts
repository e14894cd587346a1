import type { Call } from '@pe/contracts/actor.ts'
import type { BatchOutcome, BatchTransaction } from '@pe/contracts/batches.ts'
import { because, refusalNote } from '../importers/because.ts'
import type { ImportedTransaction } from '../importers/imported-file.ts'
import { TradeOnlyBook } from '../importers/trade-only.ts'
import type { IntegrationDeps } from '../integration-deps.ts'
import { type BatchRow, namedIn, type Target, withIds } from '../judge-file.ts'
import { clearVerdicts, verdictColumns } from '../store/staged-rows.ts'
import type { StagedAbout } from '../store/tables.ts'
import type { SpooledTexts } from './spooled-texts.ts'

const verdictsAtOnce = 20_000

/** A staged file: what is known of it, and what its rows state. */
export interface StagedTexts {
  readonly about: StagedAbout
  readonly texts: SpooledTexts
}

/** Where the rows go, as the book is told with every piece. */
export function destinationOf({ accounts }: StagedAbout, { portfolio }: Target, baseCurrency: string | null) {
  return {
    accounts: [...accounts],
    ...(portfolio !== null && baseCurrency !== null ? { portfolio: { name: portfolio, baseCurrency } } : {}),
  }
}

/** Hands a staged file to the book, piece by piece, and keeps what the book says of its rows. Nothing is recorded. */
export async function judgeLong(
  deps: IntegrationDeps,
  { about, texts }: StagedTexts,
  target: Target,
  baseCurrency: string | null,
  call: Call,
): Promise<BatchOutcome> {
  const { importId } = target
  const destination = destinationOf(about, target, baseCurrency)
  await clearVerdicts(deps.db.sql, importId)
  await handOver(deps, { about, texts }, importId, destination, call)
  const outcome = await deps.core.judgeStaged({ params: { importId }, body: destination }, call)
  await keepVerdicts(deps, about, importId, call)
  return outcome
}

async function handOver(
  deps: IntegrationDeps,
  { about, texts }: StagedTexts,
  importId: string,
  destination: ReturnType<typeof destinationOf>,
  call: Call,
): Promise<void> {
  const ids = new Map(Object.entries(about.ids))
  let drafts: (string | null)[][] = []
  const book = new TradeOnlyBook((row, { draft, reason, note }) => {
    if (draft)
      drafts.push([importId, call.actor.organisationId, String(row), 'ok', 'true', null, reason ?? null, JSON.stringify(note ?? null)])
  })
  let from = 0
  let sending: Promise<unknown> = Promise.resolve()
  // the next piece is made ready while the book takes one; the first begins anew, and is waited for
  const send = async (transactions: BatchTransaction[]) => {
    const first = from === 0
    const body = { ...destination, from, transactions }
    from += transactions.length
    const before = sending
    sending = deps.core.stageRows({ params: { importId }, body }, call)
    sending.catch(() => {})
    await before
    if (first) await sending
  }
  for await (const text of texts.pages(about.newestFirst)) {
    const stated = JSON.parse(text) as ImportedTransaction[]
    const booked = about.asDeliveries ? stated.flatMap((transaction) => book.booked(transaction)) : stated
    await send(booked.map((transaction) => withIds(transaction, ids)))
    if (drafts.length > 0) await deps.db.stage('staged_verdict', verdictColumns, drafts)
    drafts = []
  }
  // what is staged of an earlier reading goes even when nothing comes after it
  if (from === 0) await send([])
  await sending
}

async function keepVerdicts(deps: IntegrationDeps, about: StagedAbout, importId: string, call: Call): Promise<void> {
  const ids = new Map(Object.entries(about.ids))
  for (let after = 0; ; ) {
    const { rows } = await deps.core.stagedVerdicts({ params: { importId }, body: { after, limit: verdictsAtOnce } }, call)
    if (rows.length > 0) await deps.db.stage('staged_verdict', verdictColumns, verdictTexts(namedIn(rows, about, ids), importId, call))
    if (rows.length < verdictsAtOnce) return
    after = rows.at(-1)?.row ?? after
  }
}

function* verdictTexts(rows: readonly BatchRow[], importId: string, call: Call): Generator<(string | null)[]> {
  const imported = because('imported')
  const start = (row: number) => [importId, call.actor.organisationId, String(row)]
  for (const { row, result, code, detail, facts } of rows)
    yield result === 'duplicate'
      ? [...start(row), 'duplicate', 'false', null, imported.reason, JSON.stringify(imported.note)]
      : [...start(row), 'error', 'false', code ?? null, detail?.slice(0, 500) ?? null, noteText(code, facts)]
}

function noteText(code: string | undefined, facts: BatchRow['facts']): string | null {
  const note = refusalNote(code, facts)
  return note && JSON.stringify(note)
}
