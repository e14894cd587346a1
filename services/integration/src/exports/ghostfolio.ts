import type { Account } from '@pe/contracts/accounts.ts'
import type { Instrument } from '@pe/contracts/market.ts'
import type { Transaction } from '@pe/contracts/transactions.ts'
import { Decimal } from '@pe/finance/money/decimal.ts'

/** What Ghostfolio calls each kind; what it does not know (cash, transfers, refunds, drafts) is left out and counted. */
const types: Readonly<Partial<Record<Transaction['kind'], string>>> = {
  buy: 'BUY',
  'delivery-in': 'BUY',
  sell: 'SELL',
  'delivery-out': 'SELL',
  dividend: 'DIVIDEND',
  interest: 'INTEREST',
  fee: 'FEE',
}

export interface Names {
  readonly accounts: ReadonlyMap<string, Account>
  readonly instruments: ReadonlyMap<string, Instrument>
}

/**
 * The activities of a portfolio as Ghostfolio imports them. It counts in JavaScript numbers: more than 15 digits are rounded there. Fees and
 * taxes are one number to it.
 */
export async function* ghostfolioJson(transactions: AsyncIterable<Transaction>, names: Names, at: string): AsyncGenerator<string> {
  yield `{"meta":${JSON.stringify({ date: at, version: 'PortfolioEngine' })},"accounts":[\n`
  const accounts = [...names.accounts.values()]
  for (const [place, { id, name, currency, note }] of accounts.entries())
    yield `${JSON.stringify({ balance: 0, comment: note || null, currency, id, isExcluded: false, name, platformId: null })}${place < accounts.length - 1 ? ',' : ''}\n`
  yield '],"activities":['
  let separator = '\n'
  for await (const transaction of transactions) {
    const activity = activityOf(transaction, names)
    if (!activity) continue
    yield separator + JSON.stringify(activity)
    separator = ',\n'
  }
  yield '\n]}\n'
}

function activityOf(transaction: Transaction, { instruments }: Names): Record<string, unknown> | null {
  const { kind, state, quantity, amount, currency, date, time, fee, tax, note, accountId, instrumentId } = transaction
  const type = types[kind]
  if (!type || state !== 'posted') return null
  const instrument = instrumentId === null ? undefined : instruments.get(instrumentId)
  const charges = Decimal.parse(fee).plus(Decimal.parse(tax))
  const trades = type === 'BUY' || type === 'SELL'
  const units = trades ? Decimal.parse(quantity ?? '0') : Decimal.one
  if (units.isZero()) return null
  const own = kind === 'fee'
  return {
    accountId,
    comment: note || null,
    fee: own ? Number(amount) : charges.toNumber(),
    quantity: own ? 0 : units.toNumber(),
    type,
    unitPrice: own ? 0 : Decimal.parse(amount).ratio(units).toNumber(),
    currency,
    dataSource: 'MANUAL',
    date: `${date}T${time ?? '00:00:00'}.000Z`,
    symbol: instrument?.symbol ?? instrument?.isin ?? instrument?.name ?? type,
    tags: [],
  }
}
