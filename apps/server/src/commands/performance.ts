import { parseArgs } from 'node:util'
import type { Schema } from '@pe/sdk/client.ts'
import { dataOf } from '@pe/sdk/problem-error.ts'
import { decimalText, moneyText, ratioText } from '../terminal/figures.ts'
import { table } from '../terminal/table.ts'
import { type Command, dayOf, required } from './command.ts'
import { findAccount, findInstrument, findPortfolio } from './find.ts'
import { withClient } from './with-client.ts'

export const performanceCommand: Command = {
  name: 'performance',
  summary: 'what a portfolio, an account or an instrument returned over a period',
  usage: `Usage: pe performance --portfolio NAME [--from YYYY-MM-DD] [--to YYYY-MM-DD] [--instrument X] [--account X]
                      [--currency CODE] [--cost-method fifo|lifo|hifo|average-cost] [--flow-timing split|start|end|half]
                      [--known-at INSTANT] [--json]

  --from        the value at the end of this day is the opening value; the day before the first transaction when absent
  --to          today when absent
  --instrument  its name, symbol, ISIN or id
  --account     its name or id
  --known-at    the transactions as they were known at a moment: 2026-03-31T23:59:59Z
  --json        {openingValue, closingValue, twr, xirr, maxDrawdown, volatility, …} and the whole reply under 'reply'`,

  async run(args) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        portfolio: { type: 'string', short: 'p' },
        from: { type: 'string' },
        to: { type: 'string' },
        instrument: { type: 'string' },
        account: { type: 'string' },
        currency: { type: 'string' },
        'cost-method': { type: 'string' },
        'known-at': { type: 'string' },
        'flow-timing': { type: 'string' },
        json: { type: 'boolean' },
      },
    })
    const name = required(values.portfolio, '--portfolio')
    const from = dayOf(values.from, '--from')
    const to = dayOf(values.to, '--to')
    return withClient(async (client) => {
      const { id: portfolioId } = await findPortfolio(client, name)
      const instrument = values.instrument ? await findInstrument(client, values.instrument) : undefined
      const account = values.account ? await findAccount(client, portfolioId, values.account) : undefined
      const query = {
        ...(from ? { from } : {}),
        ...(to ? { to } : {}),
        ...(values['known-at'] ? { knownAt: values['known-at'] } : {}),
        ...(values.currency ? { currency: values.currency } : {}),
        ...(values['cost-method'] ? { costMethod: values['cost-method'] as Schema<'CostMethod'> } : {}),
        ...(values['flow-timing'] ? { flowTiming: values['flow-timing'] as Schema<'FlowTiming'> } : {}),
        ...(instrument ? { instrumentId: instrument.id } : {}),
        ...(account ? { accountId: account.id } : {}),
      }
      const reply = dataOf(await client.GET('/portfolios/{portfolioId}/performance', { params: { path: { portfolioId }, query } }))
      const scope = [name, account?.name, instrument?.name].filter(Boolean).join(', ')
      console.log(values.json ? JSON.stringify(figures(reply), null, 2) : page(scope, reply))
      return 0
    })
  },
}

/** For machines: money as decimal text, ratios as numbers, null where unknown; why stands in `reply`. */
function figures(reply: Schema<'Performance'>): Record<string, unknown> {
  return {
    from: reply.from,
    to: reply.to,
    currency: reply.currency,
    openingValue: reply.openingValue.amount,
    closingValue: reply.closingValue.amount,
    flows: reply.flows.amount,
    profit: reply.profit.amount,
    simpleReturn: reply.simpleReturn.value,
    twr: reply.twr.value,
    twrAnnualised: reply.twrAnnualised.value,
    xirr: reply.xirr.value,
    xirrStatus: reply.xirr.status,
    maxDrawdown: reply.maxDrawdown.value,
    volatility: reply.volatility.value,
    ...(reply.units === undefined ? {} : { units: reply.units, marketValue: reply.closingValue.amount }),
    ...(reply.cost ? { cost: reply.cost.amount } : {}),
    ...(reply.costWithTaxes ? { costWithTaxes: reply.costWithTaxes.amount } : {}),
    reply,
  }
}

function page(scope: string, reply: Schema<'Performance'>): string {
  const { currency } = reply
  const rows: string[][] = [
    ['Opening value', moneyText(reply.openingValue), currency],
    ['Flows', moneyText(reply.flows), currency],
    ['Profit', moneyText(reply.profit), currency],
    ['Closing value', moneyText(reply.closingValue), currency],
    ['Simple return', ratioText(reply.simpleReturn), ''],
    ['Time-weighted return', ratioText(reply.twr), ''],
    ['  a year', ratioText(reply.twrAnnualised), ''],
    ['Internal rate of return', ratioText(reply.xirr), reply.xirr.status === 'ok' ? 'a year' : reply.xirr.status],
    [
      'Maximum drawdown',
      ratioText(reply.maxDrawdown),
      reply.maxDrawdown.trough ? `${reply.maxDrawdown.peak} to ${reply.maxDrawdown.trough}` : '',
    ],
    ['Volatility', ratioText(reply.volatility), 'a year'],
    ...(reply.units === undefined ? [] : [['Units', decimalText(reply.units), '']]),
    ...(reply.cost ? [['Cost', moneyText(reply.cost), currency]] : []),
    ...(reply.costWithTaxes ? [['Cost with taxes', moneyText(reply.costWithTaxes), currency]] : []),
  ]
  const stale = reply.closingValue.staleSince ? [`The closing value rests on prices or rates of ${reply.closingValue.staleSince}.`] : []
  const notes = [...stale, ...reply.warnings.map(({ detail }) => detail)]
  const columns = [{ title: 'Figure' }, { title: 'Value', right: true }, { title: '' }]
  return [`${scope}: after ${reply.from} up to ${reply.to}`, '', table(columns, rows), ...(notes.length > 0 ? ['', ...notes] : [])].join(
    '\n',
  )
}
