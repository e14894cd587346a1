import { type Mapping, mappingFields } from '@pe/contracts/integration.ts'
import type { RecordedKind } from '@pe/finance/ledger/transaction.ts'
import { recordedKinds } from '@pe/finance/ledger/transaction.ts'

type Names = { readonly [Content in Mapping['content']]: Readonly<Record<(typeof mappingFields)[Content][number], string>> }

/** Headers by which each field of a mapping is known in files (English and German). */
const names: Names = {
  rates: {
    date: 'date datum day',
    base: 'base basecurrency from fromcurrency currency1 basiswahrung',
    quote: 'quote quotecurrency to tocurrency term termcurrency currency2',
    rate: 'rate value exchangerate fxrate kurs wechselkurs close',
  },
  prices: {
    date: 'date datum day dateofquote',
    isin: 'isin',
    symbol: 'symbol ticker tickersymbol code',
    name: 'name instrument security securityname wertpapiername wertpapier',
    close: 'close price quote schlusskurs schluss kurs lastprice nav marketprice',
    currency: 'currency ccy wahrung',
  },
  transactions: {
    date: 'date datum tradedate transactiondate bookingdate day',
    time: 'time zeit uhrzeit',
    kind: 'kind type action transactiontype activitytype typ buysell',
    account: 'account accountname konto depot cashaccount',
    toAccount: 'toaccount offsetaccount gegenkonto',
    isin: 'isin',
    symbol: 'symbol ticker tickersymbol code',
    wkn: 'wkn',
    name: 'name instrument security securityname wertpapiername wertpapier',
    quantity: 'quantity qty shares units stuck anteile',
    price: 'price unitprice tradeprice pricepershare kurs preis',
    amount: 'amount grossamount gross betrag bruttobetrag',
    net: 'net netamount value total wert nettobetrag',
    currency: 'currency ccy transactioncurrency currencyprimary wahrung buchungswahrung',
    fee: 'fee fees commission costs gebuhr gebuhren',
    tax: 'tax taxes withholdingtax steuer steuern',
    cashCurrency: 'cashcurrency',
    receivedAmount: 'receivedamount',
    receivedCurrency: 'receivedcurrency',
    rateFrom: 'ratefrom',
    rateTo: 'rateto',
    rate: 'rate exchangerate fxrate wechselkurs',
    note: 'note comment notiz description memo',
    id: 'id transactionid orderid reference uuid',
    cashAccount: '',
    instrumentCurrency: 'instrumentcurrency',
    state: 'state',
  },
}

const words: Record<RecordedKind, string> = {
  buy: 'buy bought purchase kauf b',
  sell: 'sell sold sale verkauf s',
  deposit: 'deposit einlage einzahlung contribution cashin topup',
  withdrawal: 'withdrawal withdraw removal entnahme auszahlung cashout',
  dividend: 'dividend dividends dividende dividenden div distribution ausschuttung',
  interest: 'interest zinsen zins',
  'interest-charge': 'interestcharge zinsbelastung',
  fee: 'fee fees gebuhr gebuhren costs commission',
  'fee-refund': 'feerefund feesrefund gebuhrenerstattung',
  tax: 'tax taxes steuer steuern withholdingtax',
  'tax-refund': 'taxrefund taxesrefund steuerruckerstattung',
  transfer: 'transfer umbuchung',
  'currency-exchange': 'currencyexchange fx exchange wahrungstausch',
  'delivery-in': 'deliveryin deliveryinbound einlieferung',
  'return-of-capital': 'return of capital, capital repayment, kapitalrückzahlung, kapitalherabsetzung, rückzahlung von kapital',
  'delivery-out': 'deliveryout deliveryoutbound auslieferung',
}

const kindOfWord = new Map<string, RecordedKind>()
for (const kind of recordedKinds) for (const word of words[kind].split(' ')) kindOfWord.set(word, kind)

/** Letters and digits only, without accents: 'Gebühren (EUR)' is 'gebuhreneur'. */
export function normal(header: string): string {
  return header
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
}

/** What a word of a type column means; the mapping's own words come first. */
export function kindOf(word: string, kinds: Mapping['kinds']): RecordedKind | null {
  const own = kinds?.[word] ?? kinds?.[word.trim()]
  if (own !== undefined) return recordedKinds.find((kind) => kind === own) ?? null
  return kindOfWord.get(normal(word)) ?? null
}

/** Our export's columns; a file that has all of these names is read as they stand. */
export const exportColumns = [
  'date',
  'time',
  'kind',
  'state',
  'account',
  'cashAccount',
  'toAccount',
  'name',
  'isin',
  'symbol',
  'instrumentCurrency',
  'quantity',
  'amount',
  'currency',
  'fee',
  'tax',
  'cashCurrency',
  'receivedAmount',
  'receivedCurrency',
  'rateFrom',
  'rateTo',
  'rate',
  'note',
  'id',
] as const

export function isOwnExport(headers: readonly string[]): boolean {
  return headers.length === exportColumns.length && exportColumns.every((name, at) => headers[at] === name)
}

/** The mapping that the headers make obvious; null when they do not. */
export function obviousMapping(headers: readonly string[]): Mapping | null {
  if (isOwnExport(headers))
    return { content: 'transactions', columns: Object.fromEntries(exportColumns.map((name) => [name, name])), trades: 'cash' }
  const rates = columnsOf('rates', headers)
  if (has(rates, 'date', 'base', 'quote', 'rate')) return { content: 'rates', columns: rates }
  const transactions = columnsOf('transactions', headers)
  const says = (name: string): boolean => transactions[name] !== undefined
  if (says('date') && says('kind') && (says('amount') || says('net') || (says('quantity') && says('price'))))
    return { content: 'transactions', columns: transactions }
  const prices = columnsOf('prices', headers)
  const names = prices.isin ?? prices.symbol ?? prices.name
  if (has(prices, 'date', 'close') && names !== undefined && !says('quantity') && !says('kind'))
    return { content: 'prices', columns: prices }
  return null
}

/** What is known of headers that do not tell everything: a person chooses the rest. Null where no header is known. */
export function likelyMapping(headers: readonly string[]): Mapping | null {
  const [best] = (['transactions', 'prices', 'rates'] as const)
    .map((content) => ({ content, columns: columnsOf(content, headers) }))
    .toSorted((a, b) => Object.keys(b.columns).length - Object.keys(a.columns).length)
  return best && Object.keys(best.columns).length > 0 ? best : null
}

function columnsOf(content: Mapping['content'], headers: readonly string[]): Record<string, string> {
  const columns: Record<string, string> = {}
  for (const [field, aliases] of Object.entries(names[content])) {
    for (const alias of aliases.split(' ')) {
      const header = headers.find((name) => normal(name) === alias && alias !== '')
      if (header === undefined || Object.values(columns).includes(header)) continue
      columns[field] = header
      break
    }
  }
  return columns
}

function has(columns: Record<string, string>, ...fields: string[]): boolean {
  return fields.every((field) => columns[field] !== undefined)
}

/** The fields a mapping of this content may name. */
export function fieldsOf(content: Mapping['content']): readonly string[] {
  return mappingFields[content]
}
