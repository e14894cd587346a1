import type { Account } from '@pe/contracts/accounts.ts'
import type { Instrument } from '@pe/contracts/market.ts'
import { moneyPostings, type PostingBook, unitMovement } from '@pe/finance/ledger/postings.ts'
import type { LedgerTransaction } from '@pe/finance/ledger/transaction.ts'
import { Decimal } from '@pe/finance/money/decimal.ts'
import type { Converter } from '@pe/finance/prices/converter.ts'
import { BeancountNames } from './beancount-names.ts'
import { type LotAtCost, LotsAtCost } from './lots-at-cost.ts'

export interface BeancountBook {
  readonly title: string
  readonly currency: string
  readonly accounts: ReadonlyMap<string, Account>
  readonly instruments: ReadonlyMap<string, Instrument>
  /** Posted entries in ledger order, with what corporate actions bring. */
  readonly entries: readonly LedgerTransaction[]
  /** What a person wrote to an entry. */
  readonly noteOf: (id: string) => string
  /** Where cash moves in another currency without a recorded rate. */
  readonly converter: Converter
}

const books: Readonly<Record<Exclude<PostingBook, 'cash' | 'units' | 'position' | 'market'>, string>> = {
  external: 'Equity:External',
  income: 'Income:Investments',
  fee: 'Expenses:Fees',
  tax: 'Expenses:Taxes',
  exchange: 'Equity:Exchange',
}
const others = ['Equity:Rounding', 'Equity:Corporate-Actions', 'Income:Gains', 'Income:Return-of-Capital', ...Object.values(books)]

/**
 * A book as beancount text. Every transaction is balanced by itself (law 1 of the ledger): no amount is left for beancount to fill in. Units
 * stand at cost, first in, first out, whatever the portfolio's own method; what a cost per unit of twelve places leaves over is posted to
 * Equity:Rounding.
 */
export function* beancountText(book: BeancountBook): Generator<string> {
  const writer = new Writer(book)
  const days = new Map<string, string>()
  const texts: string[] = []
  for (const entry of book.entries) {
    const text = writer.transaction(entry, (account) => {
      if (!days.has(account)) days.set(account, entry.date)
    })
    if (text) texts.push(text)
  }
  yield `option "title" ${quoted(book.title)}\noption "operating_currency" "${book.currency}"\noption "booking_method" "FIFO"\n\n`
  const first = book.entries[0]?.date ?? '1970-01-01'
  for (const account of others) yield `${first} open ${account}\n`
  for (const [account, day] of days) if (!others.includes(account)) yield `${day < first ? day : first} open ${account}\n`
  yield '\n'
  for (const { code, instrument } of writer.commodities()) {
    yield `${first} commodity ${code}\n  name: ${quoted(instrument.name)}\n`
    if (instrument.isin) yield `  isin: ${quoted(instrument.isin)}\n`
  }
  yield '\n'
  yield* texts
}

class Writer {
  readonly #book: BeancountBook
  readonly #accounts = new BeancountNames()
  readonly #codes = new BeancountNames()
  readonly #lots = new LotsAtCost()
  readonly #used = new Map<string, Instrument>()

  constructor(book: BeancountBook) {
    this.#book = book
  }

  *commodities(): Generator<{ code: string; instrument: Instrument }> {
    for (const instrument of this.#used.values()) yield { code: this.#code(instrument.id), instrument }
  }

  transaction(entry: LedgerTransaction, seen: (account: string) => void): string {
    const lines: string[] = []
    const rest = new Map<string, Decimal>()
    const say = (account: string, amount: Decimal, unit: string) => {
      if (amount.isZero()) return
      seen(account)
      rest.set(unit, (rest.get(unit) ?? Decimal.zero).plus(amount))
      lines.push(`  ${account}  ${amount} ${unit}`)
    }
    const sayLot = (accountId: string, instrumentId: string, lot: LotAtCost) => {
      const account = `Assets:${this.#account(accountId)}:${this.#code(instrumentId)}`
      seen(account)
      rest.set(lot.currency, (rest.get(lot.currency) ?? Decimal.zero).plus(lot.units.times(lot.cost)))
      lines.push(`  ${account}  ${lot.units} ${this.#code(instrumentId)} {${lot.cost} ${lot.currency}, ${lot.date}}`)
    }
    const money = moneyPostings(entry, this.#book.converter)
    if (!money.known) return `; ${entry.date} ${entry.kind} ${entry.id} is left out: ${entry.currency} cannot be converted\n\n`
    for (const { book, accountId, amount, unit } of money.value) {
      if (book === 'cash') say(`Assets:${this.#account(accountId)}:Cash`, amount, unit)
      else if (book === 'position' && entry.kind === 'return-of-capital') say('Income:Return-of-Capital', amount, unit)
      else if (book !== 'position' && book !== 'units' && book !== 'market') say(books[book], amount, unit)
    }
    const closes = this.#moveUnits(entry, sayLot)
    for (const [unit, left] of rest) {
      if (left.isZero()) continue
      const small = left.abs().isLessThan(roundingLimit)
      say(
        small
          ? 'Equity:Rounding'
          : closes === 'gain' && unit === entry.currency
            ? 'Income:Gains'
            : closes === 'action'
              ? 'Equity:Corporate-Actions'
              : 'Equity:Exchange',
        left.negated(),
        unit,
      )
    }
    if (lines.length === 0) return ''
    const about = entry.instrumentId === undefined ? '' : (this.#book.instruments.get(entry.instrumentId)?.name ?? '')
    return `${entry.date} * ${quoted(entry.kind)} ${quoted([about, this.#book.noteOf(entry.id)].filter((text) => text !== '').join(': '))}\n${lines.join('\n')}\n\n`
  }

  /** Units in and out of lots; answers where what is then left over belongs. */
  #moveUnits(entry: LedgerTransaction, say: (accountId: string, instrumentId: string, lot: LotAtCost) => void): 'gain' | 'action' | 'none' {
    const { accountId, instrumentId, quantity, amount, currency, date, toAccountId } = entry
    const movement = unitMovement(entry)
    if (movement === 'none' || !instrumentId || !quantity) return 'none'
    const key = `${accountId}\n${instrumentId}`
    if (movement === 'converted' || entry.kind === 'split') return this.#act(entry, say)
    if (movement === 'in' || movement === 'out') {
      for (const lot of this.#lots.move(key, movement === 'in' ? quantity : quantity.negated(), amount, currency, date))
        say(accountId, instrumentId, lot)
      return 'gain'
    }
    for (const lot of this.#lots.move(key, quantity.negated(), Decimal.zero, currency, date)) {
      say(accountId, instrumentId, lot)
      const arrives = { ...lot, units: lot.units.negated() }
      this.#lots.add(`${toAccountId}\n${instrumentId}`, arrives)
      say(toAccountId ?? accountId, instrumentId, arrives)
    }
    return 'none'
  }

  /** A split or a conversion closes all lots and opens those that come of them, dates and cost kept. */
  #act(entry: LedgerTransaction, say: (accountId: string, instrumentId: string, lot: LotAtCost) => void): 'action' {
    const { accountId, instrumentId = '', quantity = Decimal.zero, into } = entry
    const before = this.#lots.takeAll(`${accountId}\n${instrumentId}`)
    const held = Decimal.sum(before.map(({ units }) => units))
    if (held.isZero()) return 'action'
    const stays = entry.kind === 'split' ? held.plus(quantity) : held.minus(quantity)
    const share = into?.costShare ?? Decimal.zero
    for (const lot of before) {
      say(accountId, instrumentId, { ...lot, units: lot.units.negated() })
      this.#reopen(
        lot,
        held,
        stays,
        quantity.isZero() || entry.kind === 'split' ? Decimal.one.minus(share) : stays.ratio(held),
        accountId,
        instrumentId,
        say,
      )
      if (into) this.#reopen(lot, held, into.quantity, share, accountId, into.instrumentId, say)
    }
    return 'action'
  }

  #reopen(
    lot: LotAtCost,
    held: Decimal,
    units: Decimal,
    share: Decimal,
    accountId: string,
    instrumentId: string,
    say: (accountId: string, instrumentId: string, lot: LotAtCost) => void,
  ): void {
    const own = units.times(lot.units).dividedBy(held, { scale: 12, rounding: 'half-even' })
    if (own.isZero()) return
    const cost = lot.units.times(lot.cost).times(share).dividedBy(own, { scale: 12, rounding: 'half-even' }).abs()
    const opened = { ...lot, units: own, cost }
    this.#lots.add(`${accountId}\n${instrumentId}`, opened)
    say(accountId, instrumentId, opened)
  }

  #account(id: string): string {
    return this.#accounts.account(id, this.#book.accounts.get(id)?.name ?? 'Account')
  }

  #code(id: string): string {
    const instrument = this.#book.instruments.get(id)
    if (instrument) this.#used.set(id, instrument)
    return this.#codes.commodity(id, instrument?.symbol ?? instrument?.isin ?? instrument?.name ?? 'UNKNOWN')
  }
}

/** What divisions to twelve places can leave over. */
const roundingLimit = Decimal.parse('0.0001')

function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replace(/\s+/g, ' ')}"`
}
