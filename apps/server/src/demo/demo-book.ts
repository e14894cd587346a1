import type { BatchTransaction } from '@pe/contracts/batches.ts'
import type { PlainDate } from '@pe/finance/time/plain-date.ts'
import { type DemoMarket, demoInstruments } from './demo-market.ts'

export const demoAccounts = [
  { key: 'depot', account: { name: 'Demo depot', currency: 'EUR', note: 'Generated demo data' } },
  { key: 'brokerage', account: { name: 'Demo US brokerage', currency: 'USD', note: 'Generated demo data' } },
  { key: 'custody', account: { name: 'Demo Swiss custody', currency: 'CHF', note: 'Generated demo data' } },
] as const
export type AccountKey = (typeof demoAccounts)[number]['key']

const currencyOf = (account: AccountKey): string => demoAccounts.find(({ key }) => key === account)?.account.currency ?? 'EUR'
const million = 1_000_000

type Stated = Pick<BatchTransaction, 'kind' | 'date'> & Partial<BatchTransaction>

/** Writes down what happens and keeps count, so that the story never spends cash or sells units that are not there. */
export class DemoBook {
  readonly rows: BatchTransaction[] = []
  readonly #market: DemoMarket
  readonly #idOf: (key: string) => string
  /** Millionths of units by 'account instrument'. */
  readonly #units = new Map<string, number>()
  /** Cents in the account's own currency. */
  readonly #cash = new Map<AccountKey, number>()

  constructor(market: DemoMarket, idOf: (key: string) => string) {
    this.#market = market
    this.#idOf = idOf
  }

  cash(account: AccountKey): number {
    return this.#cash.get(account) ?? 0
  }

  units(account: AccountKey, key: string): number {
    return (this.#units.get(`${account} ${key}`) ?? 0) / million
  }

  /** Cash in or out from outside, interest, fees: an amount in cents of the account's currency, less tax. */
  money(date: PlainDate, account: AccountKey, kind: BatchTransaction['kind'], cents: number, sign: 1 | -1, tax = 0, note = ''): void {
    this.#write(account, { kind, date, amount: amount(cents), ...(tax > 0 ? { tax: amount(tax) } : {}), ...(note ? { note } : {}) })
    this.#move(account, sign * cents - tax)
  }

  /** Buys whole units, or as many as `cents` of the account's currency pay for; not without the cash for it. */
  buy(date: PlainDate, account: AccountKey, key: string, order: { units: number } | { cents: number }, feeCents: number): void {
    const price = this.#priceOf(key, date)
    const units = 'units' in order ? order.units : Math.floor((order.cents / price.cents) * million) / million
    const gross = 'units' in order ? Math.round(order.units * price.cents) : order.cents
    const paid = this.#inCash(account, price.currency, gross + feeCents, date)
    if (this.cash(account) < paid) return
    this.#write(account, this.#trade('buy', date, account, key, units, gross, feeCents))
    this.#move(account, -paid)
    this.#count(account, key, units)
  }

  /** Sells up to what is held. */
  sell(date: PlainDate, account: AccountKey, key: string, wanted: number, feeCents: number, taxCents = 0): void {
    const units = Math.min(wanted, this.units(account, key))
    if (units <= 0) return
    const { cents, currency } = this.#priceOf(key, date)
    const gross = Math.round(units * cents)
    const tax = taxCents > 0 ? { tax: amount(taxCents) } : {}
    this.#write(account, { ...this.#trade('sell', date, account, key, units, gross, feeCents), ...tax })
    this.#move(account, this.#inCash(account, currency, gross - feeCents - taxCents, date))
    this.#count(account, key, -units)
  }

  /** Pays a part of the price on every unit held, less withholding tax. */
  dividend(date: PlainDate, account: AccountKey, key: string, yieldOfPrice: number, taxRate: number): void {
    const units = this.units(account, key)
    if (units <= 0) return
    const { cents, currency } = this.#priceOf(key, date)
    const gross = Math.round(units * cents * yieldOfPrice)
    const tax = Math.round(gross * taxRate)
    if (gross <= 0) return
    this.#write(account, {
      ...this.#foreign(account, currency, date),
      kind: 'dividend',
      date,
      instrumentId: this.#idOf(key),
      amount: amount(gross),
      tax: amount(tax),
    })
    this.#move(account, this.#inCash(account, currency, gross - tax, date))
  }

  transfer(date: PlainDate, from: AccountKey, to: AccountKey, key: string, units: number): void {
    const moved = Math.min(units, Math.floor(this.units(from, key)))
    if (moved <= 0) return
    this.#write(from, { kind: 'transfer', date, instrumentId: this.#idOf(key), quantity: quantity(moved), toAccountKey: to })
    this.#count(from, key, -moved)
    this.#count(to, key, moved)
  }

  deliver(date: PlainDate, account: AccountKey, key: string, units: number, note: string): void {
    const { cents, currency } = this.#priceOf(key, date)
    const gross = Math.round(units * cents)
    this.#write(account, {
      kind: 'delivery-in',
      date,
      instrumentId: this.#idOf(key),
      quantity: quantity(units),
      amount: amount(gross),
      currency,
      note,
    })
    this.#count(account, key, units)
  }

  /** Turns euros of the depot into the currency of another account, a little below the market's rate. */
  exchange(date: PlainDate, to: AccountKey, euroCents: number): void {
    const currency = currencyOf(to)
    const received = Math.round((euroCents * this.#market.euroIn(currency, date) * 0.998) / 10_000)
    if (this.cash('depot') < euroCents) return
    this.#write('depot', {
      kind: 'currency-exchange',
      date,
      amount: amount(euroCents),
      received: { amount: amount(received), currency },
      toAccountKey: to,
    })
    this.#move('depot', -euroCents)
    this.#move(to, received)
  }

  #trade(kind: 'buy' | 'sell', date: PlainDate, account: AccountKey, key: string, units: number, gross: number, fee: number): Stated {
    const { cents, currency } = this.#priceOf(key, date)
    return {
      ...this.#foreign(account, currency, date),
      kind,
      date,
      instrumentId: this.#idOf(key),
      quantity: quantity(units),
      price: amount(cents, 4),
      amount: amount(gross),
      ...(fee > 0 ? { fee: amount(fee) } : {}),
    }
  }

  /** A trade in another currency moves cash in the account's own, at the rate that stands on the note. */
  #foreign(account: AccountKey, currency: string, date: PlainDate): Partial<BatchTransaction> {
    const own = currencyOf(account)
    if (own === currency) return {}
    return { currency, cashCurrency: own, rate: { from: own, to: currency, value: this.#rate(own, currency, date).toFixed(4) } }
  }

  #inCash(account: AccountKey, currency: string, cents: number, date: PlainDate): number {
    const own = currencyOf(account)
    return own === currency ? cents : Math.round(cents / Number(this.#rate(own, currency, date).toFixed(4)))
  }

  #rate(from: string, to: string, date: PlainDate): number {
    return this.#market.euroIn(to, date) / this.#market.euroIn(from, date)
  }

  /** Per unit, in cents of the currency: pence are a hundredth of it. */
  #priceOf(key: string, date: PlainDate): { cents: number; currency: string } {
    const found = demoInstruments.find((one) => one.key === key)
    if (!found) throw new RangeError(`no demo instrument ${key}`)
    const hundredths = this.#market.closeOn(key, date)
    return { cents: found.instrument.quoteUnit === 'GBX' ? hundredths / 100 : hundredths, currency: found.instrument.currency }
  }

  #write(account: AccountKey, stated: Stated): void {
    const row = this.rows.length + 1
    this.rows.push({ state: 'posted', accountKey: account, sourceKey: `demo-${row}`, row, ...stated })
  }

  #move(account: AccountKey, cents: number): void {
    this.#cash.set(account, this.cash(account) + cents)
  }

  #count(account: AccountKey, key: string, units: number): void {
    const place = `${account} ${key}`
    this.#units.set(place, (this.#units.get(place) ?? 0) + Math.round(units * million))
  }
}

function amount(cents: number, places = 2): string {
  return (cents / 100).toFixed(places)
}

function quantity(units: number): string {
  return units.toFixed(6)
}
