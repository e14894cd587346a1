import { parseArgs } from 'node:util'
import type { Client, Schema } from '@pe/sdk/client.ts'
import { dataOf } from '@pe/sdk/problem-error.ts'
import { decimalText, moneyText, ratioText } from '../terminal/figures.ts'
import { table } from '../terminal/table.ts'
import { type Command, dayOf, required } from './command.ts'
import { findPortfolio } from './find.ts'
import { withClient } from './with-client.ts'

export const holdingsCommand: Command = {
  name: 'holdings',
  summary: 'what a portfolio holds on a day, what it cost and what it is worth',
  usage: `Usage: pe holdings --portfolio NAME [--date YYYY-MM-DD] [--currency CODE] [--cost-method fifo|lifo|hifo|average-cost]
                   [--known-at INSTANT] [--json]

  --date      today when absent
  --currency  the portfolio's own when absent
  --known-at  the transactions as they were known at a moment: 2026-03-31T23:59:59Z
  --json      a list of {instrument, units, cost, value, currency, …}; an unknown figure is null with its reason`,

  async run(args) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        portfolio: { type: 'string', short: 'p' },
        date: { type: 'string' },
        currency: { type: 'string' },
        'cost-method': { type: 'string' },
        'known-at': { type: 'string' },
        json: { type: 'boolean' },
      },
    })
    const name = required(values.portfolio, '--portfolio')
    const asOf = dayOf(values.date, '--date')
    return withClient(async (client) => {
      const { id } = await findPortfolio(client, name)
      const query = {
        ...(asOf ? { asOf } : {}),
        ...(values['known-at'] ? { knownAt: values['known-at'] } : {}),
        ...(values.currency ? { currency: values.currency } : {}),
        ...(values['cost-method'] ? { costMethod: values['cost-method'] as Schema<'CostMethod'> } : {}),
      }
      const held = await read(client, id, query)
      console.log(values.json ? JSON.stringify(list(held), null, 2) : page(name, held))
      return 0
    })
  },
}

async function read(
  client: Client,
  portfolioId: string,
  query: { asOf?: string; knownAt?: string; currency?: string; costMethod?: Schema<'CostMethod'> },
) {
  return dataOf(await client.GET('/portfolios/{portfolioId}/holdings', { params: { path: { portfolioId }, query } }))
}

/** For machines: instruments first, then cash, each in the currency that was asked for. */
function list(held: Schema<'Holdings'>): Record<string, unknown>[] {
  const { holdings, cash, asOf, currency } = held
  const instruments = holdings.map(({ cost, value, unrealisedGain, weight, ...holding }) => ({
    kind: 'instrument',
    instrument: holding.instrument,
    symbol: holding.symbol,
    instrumentId: holding.instrumentId,
    units: holding.units,
    price: holding.price,
    priceUnit: holding.priceUnit,
    priceDate: holding.priceDate,
    cost: cost.amount,
    value: value.amount,
    unrealisedGain: unrealisedGain.amount,
    weight: share(weight, held).value,
    currency,
    date: asOf,
    ...(value.amount === null ? { reason: value.reason, detail: value.detail } : {}),
    ...(value.staleSince ? { staleSince: value.staleSince } : {}),
  }))
  const accounts = cash.map(({ account, accountId, balance, balanceCurrency, value, weight }) => ({
    kind: 'cash',
    instrument: `${account} (${balanceCurrency})`,
    accountId,
    units: balance,
    cost: null,
    value: value.amount,
    weight: share(weight, held).value,
    currency,
    date: asOf,
    ...(value.amount === null ? { reason: value.reason, detail: value.detail } : {}),
    ...(value.staleSince ? { staleSince: value.staleSince } : {}),
  }))
  return [...instruments, ...accounts]
}

/** A share of an unknown whole is unknown, though the share of what is known could be told. */
function share(weight: Schema<'RatioFigure'>, { totals }: Schema<'Holdings'>): Schema<'RatioFigure'> {
  const { amount, reason } = totals.value
  return amount === null ? { value: null, ...(reason ? { reason } : {}) } : weight
}

function page(name: string, held: Schema<'Holdings'>): string {
  const { holdings, cash, asOf, currency, totals, warnings } = held
  const rows = [
    ...holdings.map((one) => [
      one.instrument,
      decimalText(one.units),
      one.price === null ? '?' : `${decimalText(one.price, 2)} ${one.priceUnit}`,
      one.priceDate ?? '',
      moneyText(one.cost),
      moneyText(one.value),
      moneyText(one.unrealisedGain),
      ratioText(share(one.weight, held)),
    ]),
    ...cash.map((one) => [
      `${one.account} (cash)`,
      one.balance === null ? '?' : decimalText(one.balance, 2),
      one.balanceCurrency,
      '',
      '',
      moneyText(one.value),
      '',
      ratioText(share(one.weight, held)),
    ]),
    ['Total', '', '', '', moneyText(totals.cost), moneyText(totals.value), moneyText(totals.unrealisedGain), ''],
  ]
  const columns = [
    { title: 'Instrument' },
    { title: 'Units', right: true },
    { title: 'Price', right: true },
    { title: 'of' },
    { title: `Cost ${currency}`, right: true },
    { title: `Value ${currency}`, right: true },
    { title: `Gain ${currency}`, right: true },
    { title: 'Share', right: true },
  ]
  const stale = totals.value.staleSince ? [`Some prices or rates are older than 5 days: the oldest is of ${totals.value.staleSince}.`] : []
  const notes = [...stale, ...warnings.map(({ detail }) => detail)]
  return [`${name}, ${asOf}`, '', table(columns, rows), ...(notes.length > 0 ? ['', ...notes] : [])].join('\n')
}
