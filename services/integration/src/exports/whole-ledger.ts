import type { Call } from '@pe/contracts/actor.ts'
import { appliedActionIn, transactionsIn } from '@pe/contracts/ledger-reading.ts'
import { withActions } from '@pe/finance/actions/with-actions.ts'
import type { LedgerTransaction } from '@pe/finance/ledger/transaction.ts'
import { Converter } from '@pe/finance/prices/converter.ts'
import { RateTable } from '@pe/finance/prices/rate-table.ts'
import { dateOfDay } from '@pe/finance/time/plain-date.ts'
import type { IntegrationDeps } from '../integration-deps.ts'

/** The posted entries of these accounts in ledger order, with what corporate actions bring, and the rates that their cash needs. */
export async function wholeLedger(
  deps: IntegrationDeps,
  accountIds: readonly string[],
  call: Call,
): Promise<{ entries: readonly LedgerTransaction[]; converter: Converter }> {
  const { entries: recorded, actions } = await deps.core.ledger({ body: { accountIds: [...accountIds] } }, call)
  const entries = withActions(transactionsIn(recorded), actions.map(appliedActionIn))
  const converted = entries.filter(({ cashCurrency, rate, currency: own }) => cashCurrency && cashCurrency !== own && !rate)
  const currencies = [...new Set(converted.flatMap(({ cashCurrency, currency: own }) => [own, cashCurrency ?? own]))]
  const { series } = currencies.length > 1 ? await deps.market.packedRates({ body: { currencies } }, call) : { series: [] }
  const rates = series.map(({ base, quote, days, rates: values }) => ({
    base,
    quote,
    points: days.map((day, at) => ({ date: dateOfDay(day), value: values[at] ?? '' })),
  }))
  return { entries, converter: new Converter(new RateTable(rates), { rounding: 'minorUnit' }) }
}
