import type { LedgerTransaction } from '../ledger/transaction.ts'
import type { Currency } from '../money/currency.ts'
import { Decimal } from '../money/decimal.ts'
import { Money } from '../money/money.ts'
import type { Converter } from '../prices/converter.ts'
import { bothKnown, certain, type Known, whenKnown } from '../prices/known.ts'
import type { PlainDate } from '../time/plain-date.ts'
import { type CostUnits, type Lot, splitLot } from './lot.ts'
import { LotQueue } from './lot-queue.ts'

export type CostMethod = 'fifo' | 'average-cost'
export type Inclusion = 'included' | 'excluded'

export interface LotOptions {
  readonly method: CostMethod
  /** Whether fees inside transactions add to cost and lessen proceeds. */
  readonly fees: Inclusion
  /** Never part of our own cost; `included` serves figures of peers. */
  readonly taxes?: Inclusion | undefined
  /** The reporting currency. */
  readonly currency: Currency
  readonly converter: Converter
  readonly currencyOf: (instrumentId: string) => Currency
  /** Accounts that share one moving average; by default all. FIFO always runs per account. */
  readonly poolOf?: ((accountId: string) => string) | undefined
}

/** Units that left a position (or covered a short one), against the lots they closed. Amounts in the reporting currency. */
export interface Disposal {
  readonly transaction: LedgerTransaction
  readonly date: PlainDate
  readonly accountId: string
  readonly instrumentId: string
  /** Units closed: positive for a sale, negative for the covering of a short. */
  readonly units: Decimal
  /** What came in for them (negative for a cover), by the options less fee and tax. */
  readonly proceeds: Known<Decimal>
  readonly cost: Known<Decimal>
  /** Cost in the currency of the instrument. */
  readonly instrumentCost: Known<Decimal>
  /** Instrument cost at the rate of the sale less the cost: the currency's part of the gain; 0 when the currencies are equal. */
  readonly currencyGain: Known<Decimal>
  /** The parts of lots that closed, oldest first. */
  readonly lots: readonly Lot[]
}

const zero = Decimal.zero

/**
 * The lots of a book under one cost method: apply transactions in order (ledger/order.ts), read lots, costs and disposals at any point.
 * Purchases and deliveries open lots, sales and deliveries close them, transfers carry them along with date, cost and fee. A sale beyond
 * the position opens a short lot: whether that is allowed was decided before (ledger/check-positions.ts). Linear in transactions and lots.
 */
export class LotBook {
  readonly options: LotOptions
  readonly #pools = new Map<string, Map<string, LotQueue>>()
  readonly #units = new Map<string, Map<string, Decimal>>()
  readonly #disposals: Disposal[] = []

  constructor(options: LotOptions, opening: Iterable<Lot> = []) {
    this.options = options
    for (const lot of opening) {
      this.#queue(lot.accountId, lot.instrumentId).add(lot)
      this.#count(lot.accountId, lot.instrumentId, lot.units)
    }
  }

  get disposals(): readonly Disposal[] {
    return this.#disposals
  }

  apply(entry: LedgerTransaction): void {
    const { kind, quantity, instrumentId } = entry
    if (!instrumentId || !quantity || quantity.isZero()) return
    if (kind === 'buy' || kind === 'delivery-in') this.#move(entry, instrumentId, quantity)
    else if (kind === 'sell' || kind === 'delivery-out') this.#move(entry, instrumentId, quantity.negated())
    else if (kind === 'transfer' && entry.toAccountId) this.#transfer(entry.accountId, entry.toAccountId, instrumentId, quantity)
  }

  /** Units of an instrument in an account; negative when short. */
  unitsIn(accountId: string, instrumentId: string): Decimal {
    return this.#units.get(accountId)?.get(instrumentId) ?? zero
  }

  /** Every account and instrument that holds units. */
  *holdings(): Generator<{ accountId: string; instrumentId: string; units: Decimal }> {
    for (const [accountId, instruments] of this.#units)
      for (const [instrumentId, units] of instruments) if (!units.isZero()) yield { accountId, instrumentId, units }
  }

  /** Open lots in order of acquisition. An average pool answers with one lot per account: its share of the pool. */
  lots({ accounts, instrumentId }: { accounts?: ReadonlySet<string> | undefined; instrumentId?: string | undefined } = {}): Lot[] {
    const all = this.options.method === 'fifo' ? this.#queuedLots() : this.#sharesOfPools()
    const found: Lot[] = []
    for (const lot of all)
      if ((!accounts || accounts.has(lot.accountId)) && (instrumentId === undefined || lot.instrumentId === instrumentId)) found.push(lot)
    return found.sort((a, b) => (a.acquiredOn < b.acquiredOn ? -1 : a.acquiredOn > b.acquiredOn ? 1 : 0))
  }

  *#queuedLots(): Generator<Lot> {
    for (const queues of this.#pools.values()) for (const queue of queues.values()) yield* queue.open()
  }

  /** Each account's part of its pool; the last one gets what is left, so that the parts add up to the pool. */
  *#sharesOfPools(): Generator<Lot> {
    const rests = new Map<LotQueue, Lot>()
    for (const { accountId, instrumentId, units } of this.holdings()) {
      const queue = this.#queue(accountId, instrumentId)
      const rest = rests.get(queue) ?? queue.open()[0]
      if (!rest) continue
      if (rest.units.equals(units)) {
        yield { ...rest, accountId }
        continue
      }
      const parts = splitLot(rest, units, this.#costUnits(instrumentId))
      rests.set(queue, parts.rest)
      yield { ...parts.taken, accountId }
    }
  }

  /** Units come (positive) or go (negative) for money; first they close lots of the other sign, the rest opens a lot. */
  #move(entry: LedgerTransaction, instrumentId: string, units: Decimal): void {
    const { accountId } = entry
    const queue = this.#queue(accountId, instrumentId)
    this.#count(accountId, instrumentId, units)
    const lot = this.#openedBy(entry, instrumentId, units)
    const held = queue.units
    if (held.isZero() || held.isNegative() === units.isNegative()) {
      queue.add(lot)
      return
    }
    const closes = held.abs().isLessThan(units.abs()) ? held.negated() : units
    const { taken: closing, rest: opening } =
      closes === units ? { taken: lot, rest: null } : splitLot(lot, closes, this.#costUnits(instrumentId))
    this.#dispose(entry, instrumentId, queue.take(closes.negated(), this.#costUnits(instrumentId)), closing)
    if (opening) queue.add(opening)
  }

  /** The lot that a trade would open by itself; its cost is what was paid, negative for what came in. */
  #openedBy(entry: LedgerTransaction, instrumentId: string, units: Decimal): Lot {
    const { converter, currency: reportingCurrency, currencyOf } = this.options
    const { amount, fee, tax, currency } = entry
    const incoming = !units.isNegative()
    let paid = incoming ? amount : amount.negated()
    if (this.options.fees === 'included') paid = paid.plus(fee)
    if (this.options.taxes === 'included') paid = paid.plus(tax)
    const inCurrency = (to: Currency): Known<Decimal> => converter.convert(paid, currency, to, entry.date, entry.rate)
    const instrumentCurrency = currencyOf(instrumentId)
    const instrument = inCurrency(instrumentCurrency)
    return {
      accountId: entry.accountId,
      instrumentId,
      transactionId: entry.id,
      acquiredOn: entry.date,
      units,
      purchase: { units: units.abs(), amount: new Money(amount, currency) },
      fee: new Money(fee, currency),
      cost: {
        transaction: new Money(paid, currency),
        instrument,
        reporting: reportingCurrency === instrumentCurrency ? instrument : inCurrency(reportingCurrency),
      },
    }
  }

  #dispose(entry: LedgerTransaction, instrumentId: string, lots: readonly Lot[], closing: Lot): void {
    const total = (of: (lot: Lot) => Known<Decimal>): Known<Decimal> =>
      lots.reduce<Known<Decimal>>((sum, lot) => bothKnown(sum, of(lot), (a, b) => a.plus(b)), certain(zero))
    const cost = total((lot) => lot.cost.reporting)
    const instrumentCost = total((lot) => lot.cost.instrument)
    this.#disposals.push({
      transaction: entry,
      date: entry.date,
      accountId: entry.accountId,
      instrumentId,
      units: closing.units.negated(),
      proceeds: whenKnown(closing.cost.reporting, (paid) => paid.negated()),
      cost,
      instrumentCost,
      currencyGain: this.#currencyGain(entry, instrumentId, instrumentCost, cost),
      lots,
    })
  }

  #currencyGain(entry: LedgerTransaction, instrumentId: string, instrumentCost: Known<Decimal>, cost: Known<Decimal>): Known<Decimal> {
    const { converter, currency, currencyOf } = this.options
    const from = currencyOf(instrumentId)
    if (from === currency) return certain(zero)
    if (!instrumentCost.known) return instrumentCost
    return bothKnown(converter.convert(instrumentCost.value, from, currency, entry.date, entry.rate), cost, (now, then) => now.minus(then))
  }

  #transfer(from: string, to: string, instrumentId: string, units: Decimal): void {
    this.#count(from, instrumentId, units.negated())
    this.#count(to, instrumentId, units)
    const [source, target] = [this.#queue(from, instrumentId), this.#queue(to, instrumentId)]
    if (source === target) return
    for (const lot of source.take(units, this.#costUnits(instrumentId))) target.add({ ...lot, accountId: to })
  }

  #count(accountId: string, instrumentId: string, change: Decimal): void {
    const instruments = this.#units.get(accountId) ?? new Map<string, Decimal>()
    this.#units.set(accountId, instruments)
    instruments.set(instrumentId, (instruments.get(instrumentId) ?? zero).plus(change))
  }

  #queue(accountId: string, instrumentId: string): LotQueue {
    const { method, poolOf } = this.options
    const pool = method === 'fifo' ? accountId : (poolOf?.(accountId) ?? 'all')
    const queues = this.#pools.get(pool) ?? new Map<string, LotQueue>()
    this.#pools.set(pool, queues)
    const queue = queues.get(instrumentId) ?? new LotQueue(method === 'average-cost')
    queues.set(instrumentId, queue)
    return queue
  }

  #costUnits(instrumentId: string): CostUnits {
    const { currency, converter, currencyOf } = this.options
    return { instrument: currencyOf(instrumentId), reporting: currency, rounding: converter.rounding }
  }
}

/** Folds transactions, given in order, up to and including a day. */
export function foldLots(ordered: Iterable<LedgerTransaction>, options: LotOptions, until?: PlainDate): LotBook {
  const book = new LotBook(options)
  for (const entry of ordered) {
    if (until !== undefined && entry.date > until) break
    book.apply(entry)
  }
  return book
}
