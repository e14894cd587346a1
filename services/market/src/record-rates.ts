import type { Call } from '@pe/contracts/actor.ts'
import type { DailyRate, marketRoutes } from '@pe/contracts/market.ts'
import type { Input, Reply } from '@pe/contracts/route.ts'
import { isCurrency } from '@pe/finance/money/currency.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { MarketDeps } from './market-deps.ts'
import { orRefuseDays } from './once-a-day.ts'
import { orRefuseValue } from './storable.ts'
import { type RecordedRates, saveRates } from './store/record-rates.ts'

/** Records rates by hand, each pair and day once. */
export async function recordRates(
  market: MarketDeps,
  { body }: Input<typeof marketRoutes.recordRates>,
  call: Call,
): Promise<Reply<typeof marketRoutes.recordRates>> {
  orRefuseDays(
    market.clock,
    body.rates.map(({ base, quote, date }) => ({ date, what: `a rate ${base}/${quote}` })),
  )
  const recorded = await record(market, call, null, body.rates)
  return { recorded: recorded.reduce((sum, { added, changed, unchanged }) => sum + added + changed + unchanged, 0) }
}

export async function recordRateBatch(
  market: MarketDeps,
  { body }: Input<typeof marketRoutes.recordRateBatch>,
  call: Call,
): Promise<Reply<typeof marketRoutes.recordRateBatch>> {
  const recorded = await record(market, call, body.importId ?? null, body.rates)
  const total = (of: (one: RecordedRates) => number): number => recorded.reduce((sum, one) => sum + of(one), 0)
  return { added: total(({ added }) => added), changed: total(({ changed }) => changed), unchanged: total(({ unchanged }) => unchanged) }
}

async function record(market: MarketDeps, call: Call, importId: string | null, rates: readonly DailyRate[]): Promise<RecordedRates[]> {
  // Of several rates of one pair and day in a file the last counts.
  const unique = [...new Map(rates.map((rate) => [`${rate.base} ${rate.quote} ${rate.date}`, rate])).values()]
  for (const rate of unique) orRefuseRate(rate)
  if (unique.length === 0) return []
  const { organisationId } = call.actor
  return await market.db.write({ call, action: 'rate.record', subject: `import:${importId ?? 'none'}` }, async (tx) => {
    const recorded = await saveRates(tx.sql, organisationId, importId, unique)
    for (const { base, quote, effectiveFrom } of recorded) {
      if (effectiveFrom) await tx.announce('rates-recorded', `${organisationId}:${base}${quote}`, { base, quote, effectiveFrom })
    }
    return recorded
  })
}

function orRefuseRate({ base, quote, date, rate }: DailyRate): void {
  const unknown = [base, quote].find((code) => !isCurrency(code))
  if (unknown) throw new Refused('unknown_currency', `${unknown} is no currency`)
  if (base === quote)
    throw new Refused('bad_request', `a rate from ${base} to itself is no rate`, [{ path: 'quote', detail: 'is the base' }])
  orRefuseValue(rate, () => `the rate ${base}/${quote} on ${date}`)
}
