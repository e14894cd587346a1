import type { AppliedAction as WireAction } from '@pe/contracts/action-applications.ts'
import type { Call } from '@pe/contracts/actor.ts'
import type { LedgerEntry } from '@pe/contracts/ledger.ts'
import type { AppliedAction } from '@pe/finance/actions/corporate-action.ts'
import { withActions } from '@pe/finance/actions/with-actions.ts'
import type { LedgerTransaction } from '@pe/finance/ledger/transaction.ts'
import { currency } from '@pe/finance/money/currency.ts'
import { Decimal } from '@pe/finance/money/decimal.ts'
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
  const entries = withActions(recorded.map(entryOf), actions.map(actionOf))
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

function entryOf({ quantity, amount, fee, tax, received, rate, lots, into, ...entry }: LedgerEntry): LedgerTransaction {
  return {
    ...entry,
    currency: currency(entry.currency),
    cashCurrency: entry.cashCurrency === undefined ? undefined : currency(entry.cashCurrency),
    quantity: exact(quantity),
    amount: Decimal.parse(amount),
    fee: Decimal.parse(fee),
    tax: Decimal.parse(tax),
    received: received && { amount: Decimal.parse(received.amount), currency: currency(received.currency) },
    rate: rate && { from: currency(rate.from), to: currency(rate.to), value: Decimal.parse(rate.value) },
    lots: lots?.map((lot) => ({ ...lot, quantity: Decimal.parse(lot.quantity) })),
    into: into && { ...into, quantity: Decimal.parse(into.quantity), costShare: Decimal.parse(into.costShare) },
  }
}

function actionOf({ ratio, cashPerUnit, costShare, fractionPrice, currency: code, accounts, ...terms }: WireAction): AppliedAction {
  return {
    ...terms,
    currency: currency(code),
    ratio: ratio && { new: Decimal.parse(ratio.new), old: Decimal.parse(ratio.old) },
    cashPerUnit: exact(cashPerUnit),
    costShare: exact(costShare),
    fractionPrice: exact(fractionPrice),
    accounts: accounts.map((choice) => ({ ...choice, costShare: exact(choice.costShare), cashInLieu: exact(choice.cashInLieu) })),
  }
}

function exact(text: string | undefined): Decimal | undefined {
  return text === undefined ? undefined : Decimal.parse(text)
}
