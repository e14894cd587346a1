import type { Call } from '@pe/contracts/actor.ts'
import type { PlainDate } from '@pe/finance/time/plain-date.ts'
import type { CloseColumn } from './importers/close-column.ts'
import type { ImportedFile } from './importers/imported-file.ts'
import type { IntegrationDeps } from './integration-deps.ts'

/** Closes or rates handed over at once. */
const pieceLength = 50_000

type CloseSeries = { instrumentId: string; closes: [PlainDate, string][] }

/** Hands the closes of a file to market, some at once. Answers how many were new or other. */
export async function recordCloses(
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

export async function recordRates(deps: IntegrationDeps, file: ImportedFile, importId: string, call: Call): Promise<number> {
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
