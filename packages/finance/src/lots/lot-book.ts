import { unitMovement } from '../ledger/postings.ts'
import type { LedgerTransaction } from '../ledger/transaction.ts'
import { UnitCounts } from '../ledger/unit-counts.ts'
import type { Currency } from '../money/currency.ts'
import { Decimal } from '../money/decimal.ts'
import type { Converter } from '../prices/converter.ts'
import { bothKnown, certain, type Known, whenKnown } from '../prices/known.ts'
import { KnownSum } from '../prices/known-sum.ts'
import type { PlainDate } from '../time/plain-date.ts'
import { type Carried, carriedLots } from './carried-lots.ts'
import type { CostMethod } from './cost-method.ts'
import { type CostUnits, type Lot, splitLot } from './lot.ts'
import { LotQueue } from './lot-queue.ts'
import { rescaledLots } from './rescaled-lots.ts'
import { afterReturnOfCapital } from './return-of-capital.ts'

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
  /** Whether the accounts of a pool share their lots. By default only an average is shared; the other methods run per account. */
  readonly acrossAccounts?: boolean | undefined
  /** Accounts that share lots or a moving average; by default all. */
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

const nothing: Known<Decimal> = certain(Decimal.zero)

/**
 * The lots of a book under one cost method: apply transactions in order (ledger/order.ts), read lots, costs and disposals at any point.
 * Purchases and deliveries open lots, sales and deliveries close them, transfers carry them along with date, cost and fee. A sale beyond
 * the position opens a short lot: whether that is allowed was decided before (ledger/check-positions.ts). Linear in transactions and lots.
 */
export class LotBook {
  readonly options: LotOptions
  readonly #pools = new Map<string, Map<string, LotQueue>>()
  readonly #units = new UnitCounts()
  readonly #disposals: Disposal[] = []
  readonly #carried: Carried[] = []

  constructor(options: LotOptions, opening: Iterable<Lot> = []) {
    this.options = options
    for (const lot of opening) {
      this.#queue(lot.accountId, lot.instrumentId).add(lot)
      this.#units.add(lot.accountId, lot.instrumentId, lot.units)
    }
  }

  get disposals(): readonly Disposal[] {
    return this.#disposals
  }

  /** Costs that conversions carried from one instrument to another, in order. */
  get carried(): readonly Carried[] {
    return this.#carried
  }

  apply(entry: LedgerTransaction): void {
    const { kind, toAccountId, instrumentId, quantity } = entry
    if (kind === 'return-of-capital' && instrumentId) this.#returnCapital(entry, instrumentId)
    const movement = unitMovement(entry)
    if (movement === 'none' || !instrumentId || !quantity) return
    if (kind === 'split') this.#split(entry, instrumentId, quantity)
    else if (movement === 'converted') this.#convert(entry, instrumentId, quantity)
    else if (movement === 'in' || movement === 'out') this.#move(entry, instrumentId, quantity, movement)
    else if (toAccountId) this.#transfer(entry, toAccountId, instrumentId, quantity)
    this.#units.apply(entry)
  }

  /** Units of an instrument in an account; negative when short. */
  unitsIn(accountId: string, instrumentId: string): Decimal {
    return this.#units.unitsIn(accountId, instrumentId)
  }

  /**
   * Open lots, those of one account and instrument in order of acquisition. An average pool answers with one lot per account: its share
   * of the pool.
   */
  lots({ accounts, instrumentId }: { accounts?: ReadonlySet<string> | undefined; instrumentId?: string | undefined } = {}): Lot[] {
    const all = this.options.method === 'average-cost' ? this.#sharesOfPools() : this.#queuedLots()
    return all.filter(
      (lot) => (!accounts || accounts.has(lot.accountId)) && (instrumentId === undefined || lot.instrumentId === instrumentId),
    )
  }

  #queuedLots(): Lot[] {
    const open: Lot[] = []
    for (const queues of this.#pools.values()) for (const queue of queues.values()) for (const lot of queue.open()) open.push(lot)
    return open
  }

  /** Each account's part of its pool; the last one gets what is left, so that the parts add up to the pool. */
  #sharesOfPools(): Lot[] {
    const shares: Lot[] = []
    const rests = new Map<LotQueue, Lot>()
    for (const { accountId, instrumentId, units } of this.#units.held()) {
      const queue = this.#queue(accountId, instrumentId)
      const rest = rests.get(queue) ?? queue.open()[0]
      if (!rest) continue
      if (rest.units.equals(units)) {
        shares.push({ ...rest, accountId })
        continue
      }
      const parts = splitLot(rest, units, this.#costUnits(instrumentId))
      rests.set(queue, parts.rest)
      shares.push({ ...parts.taken, accountId })
    }
    return shares
  }

  /** Units come or go for money; first they close lots of the other sign, the rest opens a lot. */
  #move(entry: LedgerTransaction, instrumentId: string, quantity: Decimal, movement: 'in' | 'out'): void {
    const queue = this.#queue(entry.accountId, instrumentId)
    const held = queue.units
    const closes = movement === 'in' ? held.isNegative() : held.isPositive()
    if (!closes) {
      queue.add(this.#openedBy(entry, instrumentId, quantity, movement))
      return
    }
    const costUnits = this.#costUnits(instrumentId)
    if (!held.abs().isLessThan(quantity)) {
      const closed = movement === 'in' ? quantity.negated() : quantity
      const proceeds = this.#inReporting(entry, this.#paid(entry, movement).negated())
      this.#dispose(entry, instrumentId, closed, queue.take(closed, costUnits, entry.lots), proceeds)
      return
    }
    const whole = this.#openedBy(entry, instrumentId, quantity, movement)
    const { taken: closing, rest: opening } = splitLot(whole, held.negated(), costUnits)
    const proceeds = whenKnown(closing.cost.reporting, (paid) => paid.negated())
    this.#dispose(entry, instrumentId, held, queue.take(held, costUnits), proceeds)
    queue.add(opening)
  }

  /** What a trade cost, by the options with fee and tax; negative for what it brought in. */
  #paid({ amount, fee, tax }: LedgerTransaction, movement: 'in' | 'out'): Decimal {
    let paid = movement === 'in' ? amount : amount.negated()
    if (this.options.fees === 'included') paid = paid.plus(fee)
    if (this.options.taxes === 'included') paid = paid.plus(tax)
    return paid
  }

  #inReporting({ currency, date, rate }: LedgerTransaction, amount: Decimal): Known<Decimal> {
    return this.options.converter.convert(amount, currency, this.options.currency, date, rate)
  }

  /** The lot that a trade would open by itself; its cost is what was paid, negative for what came in. */
  #openedBy(entry: LedgerTransaction, instrumentId: string, quantity: Decimal, movement: 'in' | 'out'): Lot {
    const { converter, currency: reportingCurrency, currencyOf } = this.options
    const { currency } = entry
    const paid = this.#paid(entry, movement)
    const instrumentCurrency = currencyOf(instrumentId)
    const instrument = converter.convert(paid, currency, instrumentCurrency, entry.date, entry.rate)
    return {
      accountId: entry.accountId,
      instrumentId,
      transactionId: entry.id,
      acquiredOn: entry.date,
      units: movement === 'in' ? quantity : quantity.negated(),
      purchase: entry,
      currency,
      fee: entry.fee,
      cost: {
        transaction: paid,
        instrument,
        reporting: reportingCurrency === instrumentCurrency ? instrument : this.#inReporting(entry, paid),
      },
      takenFrom: undefined,
    }
  }

  #dispose(entry: LedgerTransaction, instrumentId: string, units: Decimal, lots: readonly Lot[], proceeds: Known<Decimal>): void {
    const cost = totalOf(lots, (lot) => lot.cost.reporting)
    const oneCurrency = this.options.currencyOf(instrumentId) === this.options.currency
    const instrumentCost = oneCurrency ? cost : totalOf(lots, (lot) => lot.cost.instrument)
    const currencyGain = oneCurrency ? nothing : this.#currencyGain(entry, instrumentId, instrumentCost, cost)
    const { date, accountId } = entry
    this.#disposals.push({
      transaction: entry,
      date,
      accountId,
      instrumentId,
      units,
      proceeds,
      cost,
      instrumentCost,
      currencyGain,
      lots,
    })
  }

  #currencyGain(entry: LedgerTransaction, instrumentId: string, instrumentCost: Known<Decimal>, cost: Known<Decimal>): Known<Decimal> {
    const { converter, currency, currencyOf } = this.options
    const from = currencyOf(instrumentId)
    if (!instrumentCost.known) return instrumentCost
    return bothKnown(converter.convert(instrumentCost.value, from, currency, entry.date, entry.rate), cost, (now, then) => now.minus(then))
  }

  #transfer({ accountId, lots }: LedgerTransaction, to: string, instrumentId: string, units: Decimal): void {
    const [source, target] = [this.#queue(accountId, instrumentId), this.#queue(to, instrumentId)]
    if (source === target) return
    for (const lot of source.take(units, this.#costUnits(instrumentId), lots)) target.add({ ...lot, accountId: to })
  }

  /** More or fewer units at the same cost. */
  #split({ accountId }: LedgerTransaction, instrumentId: string, change: Decimal): void {
    const queue = this.#queue(accountId, instrumentId)
    if (!queue.units.isZero()) queue.replace(rescaledLots(queue.open(), queue.units, queue.units.plus(change)))
  }

  /** Cash that lowers the cost of what the account holds; what exceeds it is a gain. */
  #returnCapital(entry: LedgerTransaction, instrumentId: string): void {
    const { converter } = this.options
    const queue = this.#queue(entry.accountId, instrumentId)
    const { lots, relieved } = afterReturnOfCapital(entry, queue.open(), queue.units, this.#costUnits(instrumentId), converter)
    const proceeds = this.#inReporting(entry, this.#paid(entry, 'out').negated())
    this.#dispose(entry, instrumentId, Decimal.zero, relieved, proceeds)
    if (lots.length > 0) queue.replace(lots)
  }

  /** Lots go over to another instrument with date and cost, whole (a merger) or with a part of their cost (a spin-off). */
  #convert(entry: LedgerTransaction, instrumentId: string, quantity: Decimal): void {
    const { into, accountId } = entry
    if (!into) return
    const stays = quantity.isZero()
    const units = stays ? this.#units.unitsIn(accountId, instrumentId) : quantity
    if (units.isZero()) return
    const [source, target] = [this.#queue(accountId, instrumentId), this.#queue(accountId, into.instrumentId)]
    const taken = source.take(units, this.#costUnits(instrumentId))
    const { arriving, left, cost, parts } = carriedLots(taken, units, into, entry, {
      from: this.#costUnits(instrumentId),
      to: this.#costUnits(into.instrumentId),
      converter: this.options.converter,
    })
    for (const lot of arriving) target.add(lot)
    this.#carried.push({ transaction: entry, cost, parts })
    if (stays) for (const lot of left) source.add(lot)
    else if (!into.costShare.equals(Decimal.one) || !entry.amount.isZero())
      this.#dispose(entry, instrumentId, Decimal.zero, left, this.#inReporting(entry, this.#paid(entry, 'out').negated()))
  }

  #queue(accountId: string, instrumentId: string): LotQueue {
    const { method, poolOf, acrossAccounts = method === 'average-cost' } = this.options
    const pool = acrossAccounts ? (poolOf?.(accountId) ?? 'all') : accountId
    const queues = this.#pools.get(pool) ?? new Map<string, LotQueue>()
    this.#pools.set(pool, queues)
    const queue = queues.get(instrumentId) ?? new LotQueue(method)
    queues.set(instrumentId, queue)
    return queue
  }

  #costUnits(instrumentId: string): CostUnits {
    const { currency, converter, currencyOf } = this.options
    return { instrument: currencyOf(instrumentId), reporting: currency, rounding: converter.rounding }
  }
}

function totalOf(lots: readonly Lot[], cost: (lot: Lot) => Known<Decimal>): Known<Decimal> {
  const only = lots[0]
  if (only && lots.length === 1) return cost(only)
  const sum = new KnownSum()
  for (const lot of lots) sum.add(cost(lot))
  return sum.value
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
