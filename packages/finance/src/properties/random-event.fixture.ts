import { legsOf } from '../ledger/event-legs.ts'
import type { LedgerTransaction, LotChoice, RecordedKind } from '../ledger/transaction.ts'
import type { UnitCounts } from '../ledger/unit-counts.ts'
import { type Currency, currency } from '../money/currency.ts'
import { Decimal } from '../money/decimal.ts'
import type { Chance } from './chance.fixture.ts'
import type { Draw } from './draw.fixture.ts'
import { accounts, allowsShorts, currencies, instruments } from './world.fixture.ts'

/** `extreme` mixes in units with 18 decimals and amounts up to 10^18 with 8 decimals. */
export type Sizes = 'ordinary' | 'extreme'

export interface Surroundings {
  readonly counts: UnitCounts
  /** Purchases and deliveries so far, by instrument. */
  readonly opened: ReadonlyMap<string, readonly string[]>
  readonly sizes: Sizes
  /** Whether money and units may cross the border of the book. */
  readonly flows: boolean
}

type Drawn = RecordedKind | 'transfer-units' | 'dividend-reinvested' | 'dividend-in-kind' | 'interest-in-kind'

/** As often as a busy household has them; rare kinds a little oftener. */
const weights: Readonly<Record<Drawn, number>> = {
  buy: 22,
  sell: 15,
  deposit: 6,
  withdrawal: 3,
  dividend: 4,
  interest: 2,
  'interest-charge': 2,
  fee: 2,
  'fee-refund': 1,
  tax: 2,
  'tax-refund': 1,
  transfer: 3,
  'transfer-units': 8,
  'currency-exchange': 4,
  'delivery-in': 6,
  'delivery-out': 5,
  'return-of-capital': 2,
  'dividend-reinvested': 2,
  'dividend-in-kind': 2,
  'interest-in-kind': 1,
}
const kinds = Object.entries(weights).flatMap(([kind, weight]) => new Array<Drawn>(weight).fill(kind as Drawn))
const flowKinds: ReadonlySet<Drawn> = new Set(['deposit', 'withdrawal', 'delivery-in', 'delivery-out'])
const chargesApart: ReadonlySet<Drawn> = new Set(['fee', 'fee-refund', 'tax', 'tax-refund'])
const aboutInstrument: ReadonlySet<Drawn> = new Set(['dividend', 'return-of-capital', 'interest', 'interest-charge', 'fee', 'tax'])

/** The recorded entries that a draw becomes where the book stands; none where it would be refused. */
export function eventDrawn({ id, date, time, chance }: Draw, around: Surroundings): LedgerTransaction[] {
  const kind = chance.of(kinds)
  if (!around.flows && flowKinds.has(kind)) return []
  const [accountId, other] = [chance.of(accounts), chance.of(accounts)]
  const { id: instrumentId } = chance.percent(85) ? chance.of(instruments.slice(0, 4)) : chance.of(instruments)
  const extreme = around.sizes === 'extreme' && chance.percent(20)
  const quantity = extreme
    ? extremeUnits(chance)
    : chance.of([chance.decimal(1, 300, 0), chance.decimal(1, 90_000, 3), chance.decimal(1, 900_000_000, 8)])
  const price = chance.decimal(100, 50_000, 2)
  const amount = extreme
    ? extremeMoney(chance)
    : chance.percent(4)
      ? Decimal.zero
      : quantity.times(price).round(chance.of([2, 2, 4]), 'half-even')
  const charges = !chargesApart.has(kind) && chance.percent(40)
  const shared = {
    id,
    date,
    ...(time ? { time } : {}),
    accountId,
    ...(chance.percent(15) ? { cashAccountId: other } : {}),
    amount,
    fee: charges ? chance.decimal(0, 2000, 2) : Decimal.zero,
    tax: charges && chance.percent(50) ? chance.decimal(0, 900, 2) : Decimal.zero,
    ...currencyOf(chance),
  }
  const positive = amount.isZero() ? Decimal.one : amount
  switch (kind) {
    case 'buy':
    case 'delivery-in':
      return [{ ...shared, kind, instrumentId, quantity }]
    case 'sell':
    case 'delivery-out':
    case 'transfer-units':
      return leaving({ ...shared, kind: kind === 'transfer-units' ? 'transfer' : kind, instrumentId, quantity }, other, chance, around)
    case 'transfer': {
      if (other === accountId) return []
      const { cashAccountId: _, cashCurrency: __, rate: ___, ...plain } = shared
      return [{ ...plain, kind, toAccountId: other, amount: positive, ...(chance.percent(30) ? { received: received(chance, null) } : {}) }]
    }
    case 'currency-exchange': {
      const { cashAccountId: _, cashCurrency: __, rate: ___, ...plain } = shared
      const to = chance.percent(20) && other !== accountId ? { toAccountId: other } : {}
      return [{ ...plain, kind, ...to, amount: positive, received: received(chance, plain.currency) }]
    }
    case 'dividend-reinvested':
    case 'dividend-in-kind':
    case 'interest-in-kind': {
      const { cashAccountId: _, cashCurrency: __, ...plain } = shared
      const other = kind === 'dividend-in-kind' ? { receivedInstrumentId: chance.of(instruments).id } : {}
      return legsOf({ ...plain, kind, instrumentId, quantity, amount: positive, ...other }, (leg) => `${id}/${leg}`)
    }
    default:
      return [{ ...shared, kind, amount: positive, ...(needsInstrument(kind, chance) ? { instrumentId } : {}) }]
  }
}

function needsInstrument(kind: Drawn, chance: Chance): boolean {
  return kind === 'dividend' || kind === 'return-of-capital' || (aboutInstrument.has(kind) && chance.percent(40))
}

/** Units that leave: as many as are there, unless the account may go short; all of them in one of eight cases. */
function leaving(entry: LedgerTransaction, other: string, chance: Chance, around: Surroundings): LedgerTransaction[] {
  const { accountId, instrumentId = '', kind } = entry
  const across = kind === 'transfer'
  if (across && other === accountId) return []
  const held = around.counts.unitsIn(accountId, instrumentId)
  const wanted = entry.quantity ?? Decimal.zero
  const mayGoShort = !across && allowsShorts(accountId)
  const covered = held.isPositive() && (!held.isLessThan(wanted) || chance.percent(50) || !mayGoShort)
  if (!covered && !mayGoShort) return []
  const all = held.isPositive() && (held.isLessThan(wanted) || chance.percent(12))
  const quantity = covered && all ? held : wanted
  const lots = chance.percent(25) ? chosen(around.opened.get(instrumentId) ?? [], quantity, chance) : []
  const rest = across ? { toAccountId: other } : {}
  return [{ ...entry, ...rest, quantity, ...(lots.length > 0 ? { lots } : {}) }]
}

/** Up to three purchases of the instrument, some of which are gone or lie elsewhere: those are passed over. */
function chosen(opened: readonly string[], quantity: Decimal, chance: Chance): LotChoice[] {
  const lots = new Map<string, LotChoice>()
  const part = quantity.dividedBy(Decimal.fromScaled(3, 0), { scale: Math.max(2, quantity.decimalPlaces()), rounding: 'down' })
  if (part.isZero()) return []
  for (let count = 1 + chance.below(3); count > 0 && opened.length > 0; count--) {
    const transactionId = chance.of(opened)
    lots.set(transactionId, { transactionId, quantity: part })
  }
  return [...lots.values()]
}

function received(chance: Chance, notIn: Currency | null): { amount: Decimal; currency: Currency } {
  return { amount: chance.decimal(1, 900_000, 2), currency: chance.of(currencies.filter((code) => code !== notIn)) }
}

/** The currency of a transaction; cash sometimes moves in another one, then at a recorded rate. */
function currencyOf(chance: Chance): Pick<LedgerTransaction, 'currency' | 'cashCurrency' | 'rate'> {
  const [own, other] = [chance.of(currencies), chance.of(currencies)]
  const value = chance.decimal(5000, 20_000, 4)
  if (own !== other && chance.percent(15)) return { currency: own, cashCurrency: other, rate: { from: own, to: other, value } }
  return own !== 'EUR' && chance.percent(25) ? { currency: own, rate: { from: own, to: currency('EUR'), value } } : { currency: own }
}

/** As long as a column holds: 20 + 18 digits. */
function extremeUnits(chance: Chance): Decimal {
  const whole = chance.of(['0', '0', '1', '999999999999999999', `${1 + chance.below(9)}${chance.digits(chance.below(18))}`])
  return Decimal.parse(`${whole}.${chance.digits(17)}1`)
}

function extremeMoney(chance: Chance): Decimal {
  const whole = chance.of(['0', '999999999999999999', `${1 + chance.below(9)}${chance.digits(chance.below(17))}`])
  return Decimal.parse(`${whole}.${chance.digits(7)}1`)
}
