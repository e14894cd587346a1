import type { Call } from '@pe/contracts/actor.ts'
import type { marketRoutes } from '@pe/contracts/market.ts'
import type { Input, Reply } from '@pe/contracts/route.ts'
import type { MarketDeps } from './market-deps.ts'
import { keepLastCloses } from './store/record-closes.ts'
import { takeBackCloses, takeBackInstruments, takeBackRates } from './store/undo-import.ts'

/** Takes back what an import brought to the market; safe to run twice. */
export async function undoMarketImport(
  market: MarketDeps,
  { params: { importId }, body }: Input<typeof marketRoutes.undoMarketImport>,
  call: Call,
): Promise<Reply<typeof marketRoutes.undoMarketImport>> {
  const { organisationId } = call.actor
  return await market.db.write({ call, action: 'import.undo', subject: `import:${importId}` }, async (tx) => {
    const closes = await takeBackCloses(tx.sql, organisationId, importId)
    await keepLastCloses(
      tx.sql,
      closes.map(({ instrumentId }) => instrumentId),
    )
    const rates = await takeBackRates(tx.sql, organisationId, importId)
    const instruments = await takeBackInstruments(tx.sql, organisationId, importId, body.keepInstrumentIds, market.clock.now())

    for (const { instrumentId, effectiveFrom } of closes) {
      await tx.announce('closes-recorded', `${organisationId}:${instrumentId}`, { instrumentId, effectiveFrom })
    }
    for (const { base, quote, effectiveFrom } of rates) {
      await tx.announce('rates-recorded', `${organisationId}:${base}${quote}`, { base, quote, effectiveFrom })
    }
    for (const instrumentId of instruments) await tx.announce('instrument-changed', `${organisationId}:${instrumentId}`, { instrumentId })
    return {
      closes: closes.reduce((sum, one) => sum + one.closes, 0),
      rates: rates.reduce((sum, one) => sum + one.rates, 0),
      instruments: instruments.length,
    }
  })
}
