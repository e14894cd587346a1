import { unitMovement } from '../ledger/postings.ts'
import type { Conversion, LedgerTransaction } from '../ledger/transaction.ts'
import { UnitCounts } from '../ledger/unit-counts.ts'
import type { Currency } from '../money/currency.ts'
import { Decimal } from '../money/decimal.ts'
import type { Converter } from '../prices/converter.ts'
import { bothKnown, certain, type Known, whenKnown } from '../prices/known.ts'
import { KnownSum, sumKnown } from '../prices/known-sum.ts'
import type { PlainDate } from '../time/plain-date.ts'
import { type Carried, carriedLots } from './carried-lots.ts'
import type { CostMethod } from './cost-method.ts'
import { type CostUnits, type Lot, splitLot } from './lot.ts'
import { LotPools, type Pool } from './lot-pools.ts'
import type { LotQueue } from './lot-queue.ts'
import { rescaledLots, rescaledUnits } from './rescaled-lots.ts'
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
  readonly #pools: LotPools
  readonly #units = new UnitCounts()
  readonly #disposals: Disposal[] = []
  readonly #carried: Carried[] = []
  /** What a spin-off left of an average, until every account of the pool has had its turn. */
  #aside: { readonly event: string; readonly pool: Pool; readonly lots: readonly Lot[] }[] = []

  constructor(options: LotOptions, opening: Iterable<Lot> = []) {
    const { method, poolOf = () => 'all', acrossAccounts = method === 'average-cost' } = options
    this.options = options
    this.#pools = new LotPools(method, acrossAccounts ? poolOf : null)
    for (const lot of opening) {
      this.#pools.for(lot).queue.add(lot)
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
    if (this.#aside.length > 0) this.#takeBack(eventOf(entry))
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
   * Open lots in the order in which the method keeps them, each under an account that holds its units. An average pool answers with one
   * lot per account: its share of the pool.
   */
  lots({ accounts, instrumentId }: { accounts?: ReadonlySet<string> | undefined; instrumentId?: string | undefined } = {}): Lot[] {
    this.#takeBack(null)
    const long = this.options.method === 'average-cost' ? this.#sharesOfPools() : this.#settledLots()
    const short = Array.from(this.#pools.all('short'), ({ queue }) => queue.open())
    return [...long, ...short.flat()].filter(
      (lot) => (!accounts || accounts.has(lot.accountId)) && (instrumentId === undefined || lot.instrumentId === instrumentId),
    )
  }

  #settledLots(): Lot[] {
    const open: Lot[] = []
    const held = this.#heldInPools()
    for (const { queue, shared, instrumentId } of this.#pools.all('long')) {
      const lots = shared ? queue.settled(held.get(queue) ?? new Map(), this.#costUnits(instrumentId)) : queue.open()
      for (const lot of lots) open.push(lot)
    }
    return open
  }

  /** Units that the accounts of each pool own. */
  #heldInPools(only?: LotQueue): Map<LotQueue, Map<string, Decimal>> {
    const held = new Map<LotQueue, Map<string, Decimal>>()
    for (const { accountId, instrumentId } of this.#units.counted()) {
      const { queue } = this.#pools.of(accountId, instrumentId, 'long')
      const units = this.#owned(accountId, instrumentId)
      if ((only && queue !== only) || units.isZero()) continue
      const ofQueue = held.get(queue) ?? new Map<string, Decimal>()
      held.set(queue, ofQueue.set(accountId, units))
    }
    return held
  }

  /** Units that an account owns, whatever it owes. */
  #owned(accountId: string, instrumentId: string): Decimal {
    return this.#units.unitsIn(accountId, instrumentId).minus(this.#pools.of(accountId, instrumentId, 'short').queue.units)
  }

  /** Each account's part of its pool; the last one gets what is left, so that the parts add up to the pool. */
  #sharesOfPools(): Lot[] {
    const shares: Lot[] = []
    const held = this.#heldInPools()
    for (const { queue, instrumentId } of this.#pools.all('long')) {
      let rest = queue.open()[0]
      for (const [accountId, units] of held.get(queue) ?? []) {
        if (!rest) break
        if (rest.units.equals(units)) {
          shares.push({ ...rest, accountId })
          rest = undefined
          continue
        }
        const parts = splitLot(rest, units, this.#costUnits(instrumentId))
        rest = parts.rest
        shares.push({ ...parts.taken, accountId })
      }
    }
    return shares
  }

  /** Units come or go for money; first they close lots of the other sign, the rest opens a lot. */
  #move(entry: LedgerTransaction, instrumentId: string, quantity: Decimal, movement: 'in' | 'out'): void {
    const { accountId } = entry
    const closing = this.#pools.of(accountId, instrumentId, movement === 'in' ? 'short' : 'long').queue
    const opening = this.#pools.of(accountId, instrumentId, movement === 'in' ? 'long' : 'short').queue
    const held = movement === 'in' ? closing.units : this.#owned(accountId, instrumentId)
    if (held.isZero()) {
      opening.add(this.#openedBy(entry, instrumentId, quantity, movement))
      return
    }
    const costUnits = this.#costUnits(instrumentId)
    const taking = { choices: entry.lots }
    if (!held.abs().isLessThan(quantity)) {
      const closed = movement === 'in' ? quantity.negated() : quantity
      const proceeds = this.#inReporting(entry, this.#paid(entry, movement).negated())
      this.#dispose(entry, instrumentId, closed, closing.take(closed, costUnits, taking), proceeds)
      return
    }
    const whole = this.#openedBy(entry, instrumentId, quantity, movement)
    const { taken: part, rest } = splitLot(whole, held.negated(), costUnits)
    const proceeds = whenKnown(part.cost.reporting, (paid) => paid.negated())
    this.#dispose(entry, instrumentId, held, closing.take(held, costUnits, taking), proceeds)
    opening.add(rest)
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
    const [source, target] = [this.#pools.of(accountId, instrumentId, 'long'), this.#pools.of(to, instrumentId, 'long')]
    const average = this.options.method === 'average-cost'
    if (source.queue === target.queue && average) return
    this.#settle(source)
    const taking = { choices: lots, accountId: source.shared && !average ? accountId : undefined }
    for (const lot of source.queue.take(units, this.#costUnits(instrumentId), taking)) target.queue.add({ ...lot, accountId: to })
  }

  /** More or fewer units at the same cost. */
  #split({ accountId }: LedgerTransaction, instrumentId: string, change: Decimal): void {
    const before = this.#units.unitsIn(accountId, instrumentId)
    const after = before.plus(change)
    const short = this.#pools.of(accountId, instrumentId, 'short')
    const long = this.#pools.of(accountId, instrumentId, 'long')
    const owed = short.queue.units.isZero() ? Decimal.zero : rescaledUnits(short.queue.units, before, after)
    // What is owned first: it is what is held beside what is owed.
    this.#rescale(long, accountId, after.minus(owed))
    this.#rescale(short, accountId, owed)
  }

  #rescale(pool: Pool, accountId: string, after: Decimal): void {
    const own = this.#ownLots(pool, accountId)
    if (own.length === 0) return
    const before = Decimal.sum(own.map((lot) => lot.units))
    // An average is one lot for all accounts: it grows by what this one gets.
    const shared = pool.shared && this.options.method === 'average-cost'
    const rest = shared ? before.minus(this.#owned(accountId, pool.instrumentId)) : Decimal.zero
    const rescaled = rescaledLots(own, before, after.plus(rest))
    pool.queue.replace(new Map(own.map((lot, at) => [lot, rescaled[at] ?? lot])))
  }

  /** Cash that lowers the cost of what the account holds; what exceeds it is a gain. */
  #returnCapital(entry: LedgerTransaction, instrumentId: string): void {
    const { converter } = this.options
    const owes = this.#units.unitsIn(entry.accountId, instrumentId).isNegative()
    const pool = this.#pools.of(entry.accountId, instrumentId, owes ? 'short' : 'long')
    const own = this.#ownLots(pool, entry.accountId)
    const units = Decimal.sum(own.map((lot) => lot.units))
    const { lots, relieved } = afterReturnOfCapital(entry, own, units, this.#costUnits(instrumentId), converter)
    const proceeds = this.#inReporting(entry, this.#paid(entry, 'out').negated())
    this.#dispose(entry, instrumentId, Decimal.zero, relieved, proceeds)
    pool.queue.replace(new Map(own.map((lot, at) => [lot, lots[at] ?? lot])))
  }

  /**
   * Lots go over to another instrument with date and cost, whole (a merger) or with a part of their cost (a spin-off): what is owned as owned
   * and what is owed as owed, where a transfer has brought both into one account.
   */
  #convert(entry: LedgerTransaction, instrumentId: string, quantity: Decimal): void {
    const { into, accountId } = entry
    if (!into) return
    const stays = quantity.isZero()
    const units = stays ? this.#units.unitsIn(accountId, instrumentId) : quantity
    if (units.isZero()) return
    const owed = this.#pools.of(accountId, instrumentId, 'short').queue.units
    const intoOwed = owed.isZero() ? Decimal.zero : rescaledUnits(owed, units, into.quantity)
    const sides = [
      this.#carryOver(entry, instrumentId, units.minus(owed), { ...into, quantity: into.quantity.minus(intoOwed) }),
      this.#carryOver(entry, instrumentId, owed, { ...into, quantity: intoOwed }),
    ].filter((side) => side !== null)
    this.#carried.push({
      transaction: entry,
      cost: sumKnown(sides.map(({ cost }) => cost)),
      parts: sides.flatMap(({ parts }) => parts),
    })
    if (stays) {
      for (const { pool, left } of sides) this.#aside.push({ event: eventOf(entry), pool, lots: left })
      if (this.options.method !== 'average-cost') this.#takeBack(null)
    } else if (!into.costShare.equals(Decimal.one) || !entry.amount.isZero()) {
      const left = sides.flatMap((side) => side.left)
      this.#dispose(entry, instrumentId, Decimal.zero, left, this.#inReporting(entry, this.#paid(entry, 'out').negated()))
    }
  }

  /** The units of one sign, with their lots; null where there are none. */
  #carryOver(entry: LedgerTransaction, instrumentId: string, units: Decimal, into: Conversion) {
    if (units.isZero()) return null
    const { accountId } = entry
    const side = units.isNegative() ? 'short' : 'long'
    const pool = this.#pools.of(accountId, instrumentId, side)
    this.#settle(pool)
    const taking = { accountId: pool.shared && this.options.method !== 'average-cost' ? accountId : undefined }
    const taken = pool.queue.take(units, this.#costUnits(instrumentId), taking)
    const { arriving, left, cost, parts } = carriedLots(taken, units, into, entry, {
      from: this.#costUnits(instrumentId),
      to: this.#costUnits(into.instrumentId),
      converter: this.options.converter,
    })
    const target = this.#pools.of(accountId, into.instrumentId, side)
    for (const lot of arriving) target.queue.add({ ...lot, accountId })
    return { pool, left, cost, parts }
  }

  /** Puts back what spin-offs left, but for the one that is still under way: an average would else give its part twice. */
  #takeBack(underWay: string | null): void {
    const back = this.#aside.filter(({ event }) => event !== underWay)
    if (back.length === 0) return
    this.#aside = this.#aside.filter(({ event }) => event === underWay)
    for (const { pool, lots } of back) for (const lot of lots) pool.queue.add(lot)
  }

  /** The lots that an account's event is about; of an average the whole pool. */
  #ownLots(pool: Pool, accountId: string): Lot[] {
    if (!pool.shared || this.options.method === 'average-cost') return pool.queue.open()
    this.#settle(pool)
    return pool.queue.open().filter((lot) => lot.accountId === accountId)
  }

  /** Shared lots under the accounts that hold their units now, before something happens to one of these accounts alone. */
  #settle({ queue, shared, instrumentId }: Pool): void {
    if (!shared || this.options.method === 'average-cost') return
    queue.settle(this.#heldInPools(queue).get(queue) ?? new Map(), this.#costUnits(instrumentId))
  }

  #costUnits(instrumentId: string): CostUnits {
    const { currency, converter, currencyOf } = this.options
    return { instrument: currencyOf(instrumentId), reporting: currency, rounding: converter.rounding }
  }
}

/** The corporate action that brought an entry: its id comes first (actions/with-actions.ts), whichever account the entry is about. */
function eventOf({ id }: LedgerTransaction): string {
  return id.split('/', 1)[0] ?? id
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
