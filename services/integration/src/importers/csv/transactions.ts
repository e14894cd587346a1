import type { RecordedKind } from '@pe/finance/ledger/transaction.ts'
import { type Currency, isCurrency, quoteUnit } from '@pe/finance/money/currency.ts'
import { Decimal } from '@pe/finance/money/decimal.ts'
import type { PlainDate } from '@pe/finance/time/plain-date.ts'
import { type Because, because } from '../because.ts'
import type { ImportedAccount, ImportedInstrument, ImportedTransaction, LongEnd, LongPiece, LongTransactions } from '../imported-file.ts'
import { RowLog } from '../row-log.ts'
import { type RowReport, rowReport } from '../row-report.ts'
import { isTradeOnly } from '../trade-only.ts'
import { readDate } from '../values/read-date.ts'
import { unsigned } from '../values/read-number.ts'
import { SourceKeys } from '../values/source-key.ts'
import { kindOf } from './fields.ts'
import type { MappedRow, MappedTable } from './mapped-table.ts'

export interface TransactionFile {
  readonly instruments: ImportedInstrument[]
  readonly accounts: ImportedAccount[]
  /** As listed; kinds are those the file states. */
  readonly transactions: ImportedTransaction[]
  readonly rows: RowLog
}

const numberFields = ['quantity', 'price', 'amount', 'net', 'fee', 'tax', 'receivedAmount', 'rate']
const restFields = ['cashCurrency', 'receivedCurrency', 'rateFrom', 'rateTo', 'note', 'cashAccount', 'toAccount']
const isinShape = /^[A-Z]{2}[A-Z0-9]{9}[0-9]$/
const trades = new Set<RecordedKind>(['buy', 'sell', 'delivery-in', 'delivery-out'])
const withoutInstrument = new Set<RecordedKind>(['deposit', 'withdrawal', 'currency-exchange'])
const charges = new Set<RecordedKind>(['fee', 'fee-refund', 'tax', 'tax-refund'])
const lessened = new Set<RecordedKind>(['sell', 'delivery-out', 'deposit', 'dividend', 'interest'])

/** A file of transactions by its mapping. The kind gives the direction and numbers lose their sign; without a kind the sign is the direction. */
export async function readMappedTransactions(
  table: MappedTable,
  options: { today: PlainDate; timeZone: string },
): Promise<TransactionFile> {
  const rows = new RowLog()
  const reading = new Reading(table, options, rows)
  await table.read((row) => reading.row(row))
  return { ...reading.parties(), transactions: reading.takeTransactions(), rows }
}

/** The same, piece by piece: nothing of a row stays behind but its accounts, its instrument and 8 bytes of its key. */
export function longTransactions(table: MappedTable, options: { today: PlainDate; timeZone: string }): LongTransactions {
  return {
    async read(see) {
      const rows = new RowPiece()
      const reading = new Reading(table, options, rows)
      const end = { currencies: new Set<string>(), cash: false, first: '', last: '' }
      for await (const piece of table.pieces()) {
        for (const row of piece) reading.row(row)
        const transactions = reading.takeTransactions()
        end.cash ||= !isTradeOnly(transactions)
        end.first ||= transactions[0]?.date ?? ''
        end.last = transactions.at(-1)?.date ?? end.last
        for (const { currency } of transactions) if (currency !== undefined) end.currencies.add(currency)
        await see({ reports: rows.take(), transactions })
      }
      return longEnd(reading, rows.count, end, table.mapping.trades)
    },
  }
}

function longEnd(
  reading: Reading,
  rows: number,
  { currencies, cash, first, last }: { currencies: ReadonlySet<string>; cash: boolean; first: string; last: string },
  trades: 'delivery' | 'cash' | undefined,
): LongEnd {
  const asDeliveries = first !== '' && (trades === 'delivery' || (trades === undefined && !cash))
  return { rows, ...reading.parties(), currencies: [...currencies], asDeliveries, newestFirst: first > last }
}

interface Rows {
  /** Adds a row and answers its number, counted from 1. */
  add(line: number, report: Partial<RowReport> & { state: RowReport['state'] }): number
}

class RowPiece implements Rows {
  count = 0
  #reports: RowReport[] = []

  add(line: number, report: Partial<RowReport> & { state: RowReport['state'] }): number {
    this.#reports.push(rowReport(++this.count, line, report))
    return this.count
  }

  take(): LongPiece['reports'] {
    const taken = this.#reports
    this.#reports = []
    return taken
  }
}

class Reading {
  readonly #table: MappedTable
  readonly #options: { today: PlainDate; timeZone: string }
  readonly #rows: Rows
  readonly #keys = new SourceKeys()
  /** Of the fields that a file may have, those that this one has: most have few, and every cell is asked for in every row. */
  readonly #numberFields: readonly string[]
  readonly #otherCurrencies: readonly string[]
  readonly #otherAccounts: readonly string[]
  readonly #hasTime: boolean
  readonly #hasRest: boolean
  readonly #kinds = new Map<string, RecordedKind | null>()
  readonly #instruments = new Map<string, ImportedInstrument>()
  readonly #accounts = new Map<string, Map<string, number>>()
  #transactions: ImportedTransaction[] = []

  constructor(table: MappedTable, options: { today: PlainDate; timeZone: string }, rows: Rows) {
    this.#table = table
    this.#options = options
    this.#rows = rows
    const has = new Set(Object.keys(table.mapping.columns))
    const had = (fields: readonly string[]) => fields.filter((field) => has.has(field))
    this.#hasTime = has.has('time')
    this.#numberFields = had(numberFields)
    this.#otherCurrencies = had(['cashCurrency', 'receivedCurrency', 'rateFrom', 'rateTo'])
    this.#otherAccounts = had(['cashAccount', 'toAccount'])
    this.#hasRest = had(restFields).length > 0
  }

  takeTransactions(): ImportedTransaction[] {
    const taken = this.#transactions
    this.#transactions = []
    return taken
  }

  parties(): Pick<TransactionFile, 'instruments' | 'accounts'> {
    const accounts = [...this.#accounts].map(([name, currencies]) => ({
      key: name,
      account: { name: name.slice(0, 200), currency: mostUsed(currencies) },
    }))
    return { instruments: [...this.#instruments.values()], accounts }
  }

  row(row: MappedRow) {
    const { unclear } = this.#table.formats
    if (row.notData) return this.#rows.add(row.line, { state: 'ignored', ...row.notData })
    if (unclear) return this.#rows.add(row.line, { state: 'needs-decision', code: 'decision_needed', ...unclear })
    const said: Partial<RowReport> = {
      account: row.cell('account') || null,
      instrument: row.cell('symbol') || row.cell('name') || row.cell('isin') || null,
    }
    const no = (field: string, code: string, why: Because) => this.#rows.add(row.line, { ...said, state: 'error', field, code, ...why })
    if (row.misshapen) return no('', 'bad_request', row.misshapen)

    const moment = row.date('date', this.#options.timeZone)
    if (!moment) return no('date', 'bad_request', because('no-date', { value: row.cell('date') }))
    said.date = moment.date
    const numbers: Record<string, string> = {}
    for (const field of this.#numberFields) {
      const cell = row.cell(field)
      if (cell === '' || cell === '-') continue
      const number = row.number(field)
      if (number === null) return no(field, 'bad_request', because('no-number', { value: cell }))
      numbers[field] = number
    }
    const kind = this.#kind(row, numbers)
    if (!kind)
      return no('kind', 'bad_request', row.cell('kind') ? because('no-kind', { value: row.cell('kind') }) : because('kind-missing'))
    const { mapping } = this.#table
    const code = row.cell('currency') || mapping.currency || ''
    const unit = code ? quoteUnit(code) : null
    if (!unit) return no('currency', 'unknown_currency', code ? because('no-currency', { value: code }) : because('currency-missing'))
    const named = !withoutInstrument.has(kind) ? this.#instrument(row, code) : null
    if (!named && (trades.has(kind) || kind === 'dividend')) return no('symbol', 'instrument_missing', because('instrument-missing'))
    const quantity = unsigned(numbers.quantity ?? '0')
    const amounts = grossOf(kind, numbers, unit.perCurrency)
    if (trades.has(kind) && quantity !== '0' && !numbers.price && !numbers.amount && !numbers.net)
      return no('amount', 'field_missing', because('amount-missing'))
    if (amounts.amount === '0' && quantity === '0')
      return this.#rows.add(row.line, { ...said, state: 'ignored', quantity, ...because('nothing-happened') })
    if (amounts.amount === '0' && !trades.has(kind) && kind !== 'transfer')
      return this.#rows.add(row.line, { ...said, state: 'ignored', ...because('amount-zero') })
    for (const field of this.#otherCurrencies) {
      const other = row.cell(field)
      if (other && !isCurrency(other)) return no(field, 'unknown_currency', because('no-currency', { value: other }))
    }
    const draft = moment.date > this.#options.today || row.cell('state') === 'draft'
    const account = (row.cell('account') || mapping.account || 'Account').slice(0, 200)
    this.#useAccount(account, row.cell('cashCurrency') || unit.currency)
    for (const field of this.#otherAccounts)
      if (row.cell(field)) this.#useAccount(row.cell(field), row.cell('receivedCurrency') || unit.currency)
    const time = (this.#hasTime ? readTime(row.cell('time')) : undefined) ?? moment.time
    const number = this.#rows.add(row.line, {
      state: 'ok',
      becomes: kind,
      draft,
      date: moment.date,
      account,
      instrument: named?.instrument.name ?? said.instrument ?? null,
      quantity: quantity === '0' ? null : quantity,
      amount: amounts.amount,
      currency: unit.currency,
    })
    const transaction: ImportedTransaction = {
      kind,
      date: moment.date,
      amount: amounts.amount,
      currency: unit.currency,
      state: draft ? 'draft' : 'posted',
      accountKey: account,
      sourceKey: this.#sourceKey(row, [
        account,
        moment.date,
        time,
        kind,
        named?.key,
        quantity,
        amounts.amount,
        amounts.fee,
        amounts.tax,
        unit.currency,
      ]),
      row: number,
    }
    if (time) transaction.time = time
    if (named) transaction.instrumentKey = named.key
    if (trades.has(kind) || ((kind === 'dividend' || (kind === 'transfer' && named)) && quantity !== '0')) transaction.quantity = quantity
    if (amounts.fee !== '0') transaction.fee = amounts.fee
    if (amounts.tax !== '0') transaction.tax = amounts.tax
    if (this.#hasRest) this.#addRest(transaction, row, numbers)
    this.#transactions.push(transaction)
    return number
  }

  /** What few files state: cash in another currency or account, the other side of a transfer, a rate, a note. */
  #addRest(transaction: ImportedTransaction, row: MappedRow, numbers: Record<string, string>): void {
    const [cashCurrency, receivedCurrency] = [row.cell('cashCurrency'), row.cell('receivedCurrency')]
    const [from, to, note] = [row.cell('rateFrom'), row.cell('rateTo'), row.cell('note')]
    const [cashAccount, toAccount] = [row.cell('cashAccount'), row.cell('toAccount')]
    if (cashCurrency) transaction.cashCurrency = cashCurrency
    if (numbers.receivedAmount && receivedCurrency)
      transaction.received = { amount: unsigned(numbers.receivedAmount), currency: receivedCurrency }
    if (numbers.rate && from && to) transaction.rate = { from, to, value: numbers.rate }
    if (note) transaction.note = note.slice(0, 2000)
    if (cashAccount && cashAccount !== transaction.accountKey) transaction.cashAccountKey = cashAccount
    if (toAccount) transaction.toAccountKey = toAccount
  }

  #sourceKey(row: MappedRow, parts: readonly (string | undefined)[]): string {
    const id = row.cell('id')
    return id ? `id:${id.slice(0, 190)}` : this.#keys.of([...parts, row.cell('toAccount')])
  }

  #kind(row: MappedRow, numbers: Record<string, string>): RecordedKind | null {
    const word = row.cell('kind')
    if (word) {
      const known = this.#kinds.get(word)
      if (known !== undefined) return known
      const kind = kindOf(word, this.#table.mapping.kinds)
      this.#kinds.set(word, kind)
      return kind
    }
    if (this.#table.mapping.columns.kind !== undefined) return null
    if (numbers.quantity && numbers.quantity !== '0') return numbers.quantity.startsWith('-') ? 'sell' : 'buy'
    const amount = numbers.amount ?? numbers.net
    return amount ? (amount.startsWith('-') ? 'withdrawal' : 'deposit') : null
  }

  #instrument(row: MappedRow, code: string): ImportedInstrument | null {
    const { mapping } = this.#table
    const [isin, symbol, wkn] = [row.cell('isin'), row.cell('symbol'), row.cell('wkn')]
    const name = row.cell('name') || symbol || isin || wkn || mapping.instrument || ''
    if (!name) return null
    const currency = quoteUnit(row.cell('instrumentCurrency')) ? row.cell('instrumentCurrency') : code
    // an isin alone is the instrument, whatever it was traded in
    const key = isin || [symbol, name, currency].join('|')
    const known = this.#instruments.get(key)
    if (known) return known
    const unit = quoteUnit(currency)
    const made: ImportedInstrument = {
      key,
      instrument: {
        name: name.slice(0, 200),
        currency: unit?.currency ?? null,
        ...(unit && unit.currency !== currency ? { quoteUnit: currency === 'GBp' ? 'GBX' : currency.toUpperCase() } : {}),
        ...(isinShape.test(isin || symbol) ? { isin: isin || symbol } : {}),
        ...(symbol && !isinShape.test(symbol) ? { symbol: symbol.slice(0, 40) } : {}),
        ...(wkn && wkn.length <= 12 ? { wkn } : {}),
      },
    }
    this.#instruments.set(key, made)
    return made
  }

  #useAccount(name: string, currency: string): void {
    const currencies = this.#accounts.get(name) ?? new Map<string, number>()
    this.#accounts.set(name, currencies)
    currencies.set(currency, (currencies.get(currency) ?? 0) + 1)
  }
}

/**
 * Gross amount, fee and tax. Quantity × price is the gross value; a stated amount wins when it is neither that nor that after charges (a bond
 * quoted in per cent, a price in another currency). `net` is what moved: charges are added back or taken off by the kind.
 */
function grossOf(kind: RecordedKind, numbers: Record<string, string>, perCurrency: Decimal): { amount: string; fee: string; tax: string } {
  const of = (field: string): Decimal => {
    const text = numbers[field]
    return text === undefined ? Decimal.zero : Decimal.parse(unsigned(text))
  }
  // a charge of its own kind may stand in its own column
  const own = charges.has(kind) ? (kind.startsWith('fee') ? of('fee') : of('tax')) : Decimal.zero
  const [fee, tax] = charges.has(kind) ? [Decimal.zero, Decimal.zero] : [of('fee'), of('tax')]
  const traded = numbers.quantity && numbers.price ? of('quantity').times(of('price')) : null
  const net = numbers.net ? (lessened.has(kind) ? of('net').plus(fee).plus(tax) : of('net').minus(fee).minus(tax)) : null
  const stated = numbers.amount ? of('amount') : net
  const gross = stated?.isZero() && !own.isZero() ? own : (pick(stated, traded, fee.plus(tax)) ?? own)
  // derived amounts are rounded to what the book can hold; stated ones are recorded as they are
  const whole = perCurrency.equals(Decimal.one)
  const inCurrency = (value: Decimal): string =>
    value.isZero() ? '0' : (whole ? value : value.dividedBy(perCurrency, { scale: 10, rounding: 'half-away-from-zero' })).toString()
  return { amount: inCurrency(gross), fee: inCurrency(fee), tax: inCurrency(tax) }
}

const halfPercent = Decimal.parse('0.005')

function pick(stated: Decimal | null, traded: Decimal | null, costs: Decimal): Decimal | null {
  const product = traded?.round(10, 'half-away-from-zero') ?? null
  if (!stated || !product) return stated ?? product
  if (stated.equals(product)) return product
  const slack = product.times(halfPercent)
  for (const explained of [product, product.plus(costs), product.minus(costs)])
    if (!slack.isLessThan(explained.minus(stated).abs())) return product
  return stated
}

function mostUsed(currencies: ReadonlyMap<string, number>): Currency {
  let [best, most] = ['', 0]
  for (const [code, times] of currencies) if (times > most) [best, most] = [code, times]
  return best as Currency
}

function readTime(cell: string): string | undefined {
  return cell ? readDate(`2000-01-01 ${cell}`, 'yyyy-MM-dd', 'UTC')?.time : undefined
}
