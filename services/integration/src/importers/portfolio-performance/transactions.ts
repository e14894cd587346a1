import type { RecordedKind } from '@pe/finance/ledger/transaction.ts'
import { isPlainDate, type PlainDate } from '@pe/finance/time/plain-date.ts'
import { type Because, because } from '../because.ts'
import type { ImportedTransaction } from '../imported-file.ts'
import type { RowLog } from '../row-log.ts'
import type { RowReport } from '../row-report.ts'
import { SourceKeys } from '../values/source-key.ts'
import type { Book } from './accounts.ts'
import type { GraphNode } from './graph-node.ts'
import type { Securities } from './instruments.ts'
import { amountOf, chargesOf, type FileCurrency, fileCurrency, recordedRate } from './money-in-file.ts'
import { scalesOf, unscaled } from './scales.ts'

export interface Ledger {
  readonly books: readonly Book[]
  readonly securities: Securities
  readonly version: number
  readonly today: PlainDate
  readonly rows: RowLog
}

const cashKinds = new Map<string, RecordedKind>(
  Object.entries({
    DEPOSIT: 'deposit',
    REMOVAL: 'withdrawal',
    INTEREST: 'interest',
    INTEREST_CHARGE: 'interest-charge',
    DIVIDENDS: 'dividend',
    FEES: 'fee',
    FEES_REFUND: 'fee-refund',
    TAXES: 'tax',
    TAX_REFUND: 'tax-refund',
  } as const),
)
/** Kinds whose fee and tax lessen what arrives: the file's amount is what moved, so the gross value is more. The others cost more than their gross value. */
const lessened = new Set<RecordedKind>(['sell', 'delivery-out', 'deposit', 'dividend', 'interest'])
const withoutCharges = new Set<RecordedKind>(['fee', 'fee-refund', 'tax', 'tax-refund', 'transfer'])
const withInstrument = new Set<RecordedKind>([
  'buy',
  'sell',
  'delivery-in',
  'delivery-out',
  'dividend',
  'interest',
  'interest-charge',
  'fee',
  'fee-refund',
  'tax',
  'tax-refund',
  'transfer',
])

/** Each transaction element is a row. The two elements of a cross entry are one transaction: the deciding one is booked, the other follows it. */
export function readTransactions(ledger: Ledger): ImportedTransaction[] {
  const elements = elementsOf(ledger.books)
  return new TransactionReading(ledger, elements).read()
}

interface Element {
  readonly node: GraphNode
  readonly book: Book
}

/** Every transaction with a body, once, in the order of the file. */
function elementsOf(books: readonly Book[]): Element[] {
  const elements = new Map<GraphNode, Element>()
  for (const book of books) {
    const lists = book.node.first('transactions')
    for (const name of ['account-transaction', 'portfolio-transaction'] as const)
      for (const node of lists?.all(name) ?? []) if (!elements.has(node)) elements.set(node, { node, book })
  }
  return [...elements.values()].sort((a, b) => a.node.line - b.node.line)
}

class TransactionReading {
  readonly #ledger: Ledger
  readonly #elements: readonly Element[]
  readonly #bookOf = new Map<GraphNode, Book>()
  readonly #rowOf = new Map<GraphNode, number>()
  readonly #keys = new SourceKeys()
  readonly #read: ImportedTransaction[] = []

  constructor(ledger: Ledger, elements: readonly Element[]) {
    this.#ledger = ledger
    this.#elements = elements
    for (const book of ledger.books) this.#bookOf.set(book.node, book)
  }

  read(): ImportedTransaction[] {
    const { rows } = this.#ledger
    for (const { node, book } of this.#elements) this.#rowOf.set(node, rows.add(node.line, { state: 'ok', account: book.name }))
    for (const element of this.#elements) this.#element(element)
    return this.#read
  }

  #element(element: Element) {
    const { node, book } = element
    const cross = node.first('crossEntry')
    const type = node.fields.type ?? ''
    if (!cross) {
      const kind =
        book.kind === 'account'
          ? cashKinds.get(type)
          : type === 'DELIVERY_INBOUND'
            ? 'delivery-in'
            : type === 'DELIVERY_OUTBOUND'
              ? 'delivery-out'
              : undefined
      if (kind) return this.#book(element, kind, {})
      return this.#no(node, 'type', 'bad_request', because('side-missing', { type }))
    }
    if (cross.attributes.class === 'buysell') return this.#trade(element, cross)
    const [from, to] = [cross.first('transactionFrom'), cross.first('transactionTo')]
    const ownerFrom = this.#owner(cross.first('portfolioFrom') ?? cross.first('accountFrom'))
    const ownerTo = this.#owner(cross.first('portfolioTo') ?? cross.first('accountTo'))
    if (!from || !to || !ownerFrom || !ownerTo)
      return this.#no(node, 'crossEntry', 'bad_request', because('side-missing', { type: node.fields.type ?? '' }))
    if (node !== from) return this.#follow(node, from)
    this.#book({ node, book: ownerFrom }, 'transfer', { to: ownerTo, ...(ownerFrom.kind === 'account' ? { receivedBy: to } : {}) })
  }

  #trade(element: Element, cross: GraphNode) {
    const { node } = element
    const [units, cash] = [cross.first('portfolioTransaction'), cross.first('accountTransaction')]
    const [depot, account] = [this.#owner(cross.first('portfolio')), this.#owner(cross.first('account'))]
    if (!units || !cash || !depot || !account)
      return this.#no(node, 'crossEntry', 'bad_request', because('side-missing', { type: node.fields.type ?? '' }))
    if (node !== units) return this.#follow(node, units)
    this.#book({ node, book: depot }, units.fields.type === 'SELL' ? 'sell' : 'buy', { cash: account })
  }

  #owner(node: GraphNode | undefined): Book | undefined {
    return node && this.#bookOf.get(node)
  }

  #book({ node, book }: Element, kind: RecordedKind, sides: { cash?: Book; to?: Book; receivedBy?: GraphNode }) {
    const { fields } = node
    const [date, time] = momentOf(fields.date ?? '')
    if (!date) return this.#no(node, 'date', 'bad_request', because('no-date', { value: fields.date ?? '' }))
    const unit = fileCurrency(fields.currencyCode || (book.currency ?? ''))
    const unusable = [book, sides.cash, sides.to].find((side) => side && !side.currency)
    if (!unit || unusable)
      return this.#no(
        node,
        'currencyCode',
        'unknown_currency',
        because('no-currency', { value: fields.currencyCode || (unusable?.name ?? '') }),
      )
    const moved = Number(fields.amount ?? 'missing')
    if (!Number.isSafeInteger(moved)) return this.#no(node, 'amount', 'bad_request', because('no-number', { value: fields.amount ?? '' }))
    const security = node.first('security')
    const instrument = security && this.#ledger.securities.known.get(security)
    if (security && !instrument) return this.#no(node, 'security', 'instrument_missing', because('security-unusable'))
    const quantity = unscaled(fields.shares || '0', scalesOf(this.#ledger.version).shares)
    if (quantity === null) return this.#no(node, 'shares', 'bad_request', because('no-number', { value: fields.shares ?? '' }))

    const charges = withoutCharges.has(kind) ? { fee: 0, tax: 0 } : chargesOf(node)
    const gross = lessened.has(kind) ? moved + charges.fee + charges.tax : moved - charges.fee - charges.tax
    const amount = amountOf(gross, unit)
    const draft = date > this.#ledger.today
    const said: Partial<RowReport> = { becomes: kind, draft, date, amount, currency: unit.currency, instrument: instrument?.name ?? null }
    if (quantity !== '0') said.quantity = quantity
    const row = this.#rowOf.get(node) ?? 0
    if (gross === 0 && quantity === '0') {
      this.#ledger.rows.change(row, {
        ...said,
        state: 'ignored',
        becomes: null,
        draft: false,
        ...because('nothing-moves'),
      })
      return
    }
    this.#ledger.rows.change(row, { ...said, account: book.name })
    const rate = recordedRate(node)
    const tradesUnits =
      kind === 'buy' || kind === 'sell' || kind === 'delivery-in' || kind === 'delivery-out' || (kind === 'transfer' && instrument)
    this.#read.push({
      kind,
      date,
      ...(time ? { time } : {}),
      ...(instrument && withInstrument.has(kind) ? { instrumentKey: instrument.key } : {}),
      ...(tradesUnits || (kind === 'dividend' && quantity !== '0') ? { quantity } : {}),
      amount,
      currency: unit.currency,
      ...(charges.fee === 0 ? {} : { fee: amountOf(charges.fee, unit) }),
      ...(charges.tax === 0 ? {} : { tax: amountOf(charges.tax, unit) }),
      ...(sides.receivedBy ? received(sides.receivedBy, amount, unit) : {}),
      ...(rate ? { rate } : {}),
      ...(fields.note ? { note: fields.note.slice(0, 2000) } : {}),
      state: draft ? 'draft' : 'posted',
      accountKey: book.key,
      ...(sides.cash ? { cashAccountKey: sides.cash.key } : {}),
      ...(sides.to ? { toAccountKey: sides.to.key } : {}),
      sourceKey:
        fields.uuid?.slice(0, 190) ||
        this.#keys.of([book.key, date, time, kind, instrument?.key, quantity, amount, unit.currency, sides.to?.key]),
      row,
    })
  }

  /** The other side of a cross entry: told by the same words, booked with the first. */
  #follow(node: GraphNode, decides: GraphNode) {
    const row = this.#rowOf.get(node)
    const follows = this.#rowOf.get(decides)
    if (row === undefined) return
    if (follows === undefined) return this.#no(node, 'crossEntry', 'bad_request', because('side-missing', { type: node.fields.type ?? '' }))
    const [date] = momentOf(node.fields.date ?? '')
    const unit = fileCurrency(node.fields.currencyCode ?? '')
    const moved = Number(node.fields.amount ?? Number.NaN)
    this.#ledger.rows.change(row, {
      follows,
      date,
      ...because('other-side', { line: String(decides.line) }),
      ...(unit && Number.isSafeInteger(moved) ? { amount: amountOf(moved, unit), currency: unit.currency } : {}),
    })
  }

  #no(node: GraphNode, field: string, code: string, why: Because): void {
    const row = this.#rowOf.get(node)
    if (row !== undefined) this.#ledger.rows.change(row, { state: 'error', field, code, ...why })
  }
}

/** What arrives at the other account, when it is not what left. */
function received(node: GraphNode, amount: string, unit: FileCurrency): { received?: { amount: string; currency: string } } {
  const arrives = fileCurrency(node.fields.currencyCode || unit.currency)
  const minor = Number(node.fields.amount ?? Number.NaN)
  if (!arrives || !Number.isSafeInteger(minor)) return {}
  const arrived = amountOf(minor, arrives)
  return arrives.currency === unit.currency && arrived === amount ? {} : { received: { amount: arrived, currency: arrives.currency } }
}

/** '2019-05-27T13:45' is a day and a time; midnight is how the file writes "no time". */
function momentOf(text: string): [PlainDate | null, string | undefined] {
  const parts = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2})(?::(\d{2})(?:\.\d+)?)?)?$/.exec(text)
  const date = parts?.[1] ?? ''
  if (!isPlainDate(date)) return [null, undefined]
  const time = parts?.[2] ? `${parts[2]}:${parts[3] ?? '00'}` : undefined
  return [date, time === '00:00:00' ? undefined : time]
}
