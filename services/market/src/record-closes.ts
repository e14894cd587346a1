import type { Call } from '@pe/contracts/actor.ts'
import type { marketRoutes } from '@pe/contracts/market.ts'
import type { Input, Reply } from '@pe/contracts/route.ts'
import type { PlainDate } from '@pe/finance/time/plain-date.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { MarketDeps } from './market-deps.ts'
import { orRefuseDays } from './once-a-day.ts'
import { orRefuseValue } from './storable.ts'
import { type CloseSeries, lockInstruments, type RecordedCloses, saveCloses } from './store/record-closes.ts'

/** Records closes by hand, each day once. */
export async function recordCloses(
  market: MarketDeps,
  { params: { instrumentId }, body }: Input<typeof marketRoutes.recordCloses>,
  call: Call,
): Promise<Reply<typeof marketRoutes.recordCloses>> {
  orRefuseDays(
    market.clock,
    body.closes.map(({ date }) => ({ date, what: 'a close' })),
  )
  const closes = body.closes.map(({ date, close }) => [date, close] as const)
  const recorded = await recordSeries(market, call, `instrument:${instrumentId}`, null, [{ instrumentId, closes }])
  return { recorded: recorded.reduce((sum, { added, changed, unchanged }) => sum + added + changed + unchanged, 0) }
}

/** Records closes of many instruments; all of them or, where one is refused, none. */
export async function recordCloseBatch(
  market: MarketDeps,
  { body }: Input<typeof marketRoutes.recordCloseBatch>,
  call: Call,
): Promise<Reply<typeof marketRoutes.recordCloseBatch>> {
  const importId = body.importId ?? null
  const recorded = await recordSeries(market, call, `import:${importId ?? 'none'}`, importId, body.series)
  const total = (of: (one: RecordedCloses) => number): number => recorded.reduce((sum, one) => sum + of(one), 0)
  return { added: total(({ added }) => added), changed: total(({ changed }) => changed), unchanged: total(({ unchanged }) => unchanged) }
}

async function recordSeries(
  market: MarketDeps,
  call: Call,
  subject: string,
  importId: string | null,
  series: readonly CloseSeries[],
): Promise<RecordedCloses[]> {
  const merged = oneSeriesEach(series)
  for (const { instrumentId, closes } of merged) {
    for (const [day, close] of closes) orRefuseValue(close, () => `the close of instrument ${instrumentId} on ${day}`)
  }
  return await market.db.write({ call, action: 'close.record', subject }, async (tx) => {
    const { organisationId } = call.actor
    const ids = merged.map(({ instrumentId }) => instrumentId)
    const known = await lockInstruments(tx.sql, organisationId, ids)
    const missing = ids.find((id) => !known.has(id))
    if (missing) throw new Refused('not_found', `there is no instrument ${missing}`)
    const recorded = await saveCloses(tx.sql, importId, merged)
    for (const { instrumentId, effectiveFrom } of recorded) {
      if (effectiveFrom) await tx.announce('closes-recorded', `${organisationId}:${instrumentId}`, { instrumentId, effectiveFrom })
    }
    return recorded
  })
}

/** Series by instrument, each day once: of several closes of one day in a file the last counts. */
function oneSeriesEach(series: readonly CloseSeries[]): CloseSeries[] {
  const merged = new Map<string, CloseSeries>()
  for (const one of series) {
    const before = merged.get(one.instrumentId)
    merged.set(one.instrumentId, before ? { ...before, closes: [...before.closes, ...one.closes] } : one)
  }
  return [...merged.values()].map((one) => (ascends(one.closes) ? one : { ...one, closes: [...new Map<PlainDate, string>(one.closes)] }))
}

function ascends(closes: CloseSeries['closes']): boolean {
  return closes.every(([day], at) => at === 0 || (closes[at - 1]?.[0] ?? '') < day)
}
