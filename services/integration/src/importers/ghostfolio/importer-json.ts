import type { NewInstrument } from '@pe/contracts/market.ts'
import { quoteUnit } from '@pe/finance/money/currency.ts'
import { Decimal } from '@pe/finance/money/decimal.ts'
import { dayNumber } from '@pe/finance/time/plain-date.ts'
import { type Because, because, fileNote } from '../because.ts'
import { CloseColumn } from '../close-column.ts'
import type { ImportedAccount, ImportedCloses, ImportedFile, ImportedTransaction } from '../imported-file.ts'
import type { Importer, ReadOptions, Source } from '../importer.ts'
import { maxTransactionRows, withinRowLimit } from '../limits.ts'
import { inboundFirst } from '../recording-order.ts'
import { RowLog } from '../row-log.ts'
import { unknownFormat } from '../source/broken-file.ts'
import { decodedText, headText, sniffEncoding } from '../source/decode-text.ts'
import { withoutCash } from '../trade-only.ts'
import { type Moment, momentIn, readDate } from '../values/read-date.ts'
import { numberText } from '../values/read-number.ts'
import { SourceKeys } from '../values/source-key.ts'
import { activityTypes, transactionOf } from './activity.ts'
import { AssetBook, type AssetProfile } from './assets.ts'
import { type JsonElement, jsonElements } from './json-elements.ts'

type Fields = Readonly<Record<string, unknown>>

/** The account of activities that name none. */
export const defaultAccount = { key: 'ghostfolio', name: 'Ghostfolio' } as const

interface GhostfolioAccount {
  readonly key: string
  readonly name: string
  readonly currency: string
  readonly balances: readonly { readonly moment: Moment; readonly value: string }[]
  readonly line: number
}

/** Ghostfolio's JSON export. Rows: every activity, every account balance, every price series of an own asset. */
export const ghostfolioJson: Importer = {
  format: 'ghostfolio',

  detect({ head }) {
    const text = headText(head).trimStart()
    return text.startsWith('{') && (/"activities"\s*:/.test(text) || (/"meta"\s*:/.test(text) && /"accounts"\s*:/.test(text)))
  },

  async read(source: Source, options: ReadOptions): Promise<ImportedFile> {
    const elements = jsonElements(
      decodedText(await source.open(), sniffEncoding(source.head)),
      ['activities', 'accounts', 'assetProfiles'],
      ['user', 'meta'],
    )
    const reading = new GhostfolioReading(options)
    for await (const element of elements) reading.see(element)
    return reading.file()
  },
}

/** Accounts and profiles may stand after the activities that name them, so activities wait until the end. */
class GhostfolioReading {
  readonly #options: ReadOptions
  readonly #activities: JsonElement[] = []
  readonly #accounts = new Map<string, GhostfolioAccount>()
  readonly #profiles: { profile: AssetProfile; closes: CloseColumn; line: number }[] = []
  readonly #assets = new AssetBook()
  readonly #rows = new RowLog()
  readonly #keys = new SourceKeys()
  #baseCurrency: string | null = null
  #version = ''

  constructor(options: ReadOptions) {
    this.#options = options
  }

  see(element: JsonElement): void {
    const fields = asFields(element.value)
    if (element.part === 'activities') {
      withinRowLimit(this.#activities.push(element), maxTransactionRows, element.line)
    } else if (element.part === 'accounts') this.#account(fields, element.line)
    else if (element.part === 'assetProfiles') this.#profile(fields, element.line)
    else if (element.part === 'meta') this.#version = text(fields.version)
    else if (element.part === 'user') this.#baseCurrency = text(asFields(fields.settings).currency) || null
  }

  file(): ImportedFile {
    for (const { profile } of this.#profiles) this.#assets.profile(profile)
    const transactions: ImportedTransaction[] = []
    for (const element of this.#activities) {
      const transaction = this.#activity(element)
      if (transaction) transactions.push(transaction)
    }
    if (this.#activities.length === 0 && this.#accounts.size === 0)
      throw unknownFormat('the file holds neither activities nor accounts of Ghostfolio')
    const cash = this.#options.mapping?.trades === 'cash'
    const ordered = inboundFirst(transactions)
    const booked = cash ? ordered : inboundFirst([...withoutCash(ordered, this.#rows), ...this.#balances()])
    if (cash) this.#ignoreBalances()
    const closes = this.#closes()
    const named = new Set(booked.map(({ accountKey }) => accountKey))
    const accounts: ImportedAccount[] = [...this.#accounts.values()].map(({ key, name, currency }) => ({
      key,
      account: { name, currency },
    }))
    if (named.has(defaultAccount.key)) {
      const currency = this.#baseCurrency ?? booked.find(({ accountKey }) => accountKey === defaultAccount.key)?.currency ?? 'USD'
      accounts.push({ key: defaultAccount.key, account: { name: defaultAccount.name, currency } })
    }
    return {
      format: 'ghostfolio',
      variant: `JSON export${this.#version ? `, version ${this.#version}` : ''}`,
      variantNote: this.#version ? { code: 'json', facts: { version: this.#version } } : { code: 'json-plain', facts: {} },
      content: 'book',
      mapping: this.#options.mapping ?? null,
      sample: null,
      needsMapping: false,
      baseCurrency: this.#baseCurrency,
      instruments: this.#assets.instruments(),
      accounts,
      transactions: booked,
      closes,
      rates: [],
      rows: this.#rows,
      notes: cash ? [] : [fileNote('no-cash-movements')],
    }
  }

  #activity({ value, line, keyLines }: JsonElement): ImportedTransaction | null {
    const fields = asFields(value)
    const fail = (field: string, why: Because, code = 'bad_request'): null => {
      const named = { dataSource: text(fields.dataSource) || 'YAHOO', symbol: text(fields.symbol) }
      this.#rows.add(keyLines[field] ?? line, { state: 'error', field, code, ...why, instrument: this.#assets.nameOf(named) || null })
      return null
    }
    const type = text(fields.type).toUpperCase()
    if (!(activityTypes as readonly string[]).includes(type))
      return fail('type', because('no-activity', { value: text(fields.type), types: activityTypes.join(', ') }))
    const moment = jsonMoment(text(fields.date), this.#options.timeZone)
    if (!moment) return fail('date', because('no-date', { value: text(fields.date) }))
    const numbers: Record<string, string> = {}
    for (const name of ['quantity', 'unitPrice', 'fee']) {
      const number = typeof fields[name] === 'number' ? numberText(fields[name]) : fields[name] === undefined && name === 'fee' ? '0' : null
      if (number === null) return fail(name, because('no-number', { value: text(fields[name]) }))
      if (number.startsWith('-')) return fail(name, because('negative', { value: number }), 'not_positive')
      numbers[name] = number
    }
    const currency = text(fields.currency)
    if (!quoteUnit(currency)) return fail('currency', because('no-currency', { value: currency }), 'unknown_currency')
    const accountId = text(fields.accountId)
    const account = this.#accounts.get(accountId)
    if (accountId && !account && this.#accounts.size > 0) return fail('accountId', because('account-missing', { account: accountId }))
    const key = accountId || defaultAccount.key
    if (accountId && !account)
      this.#accounts.set(accountId, { key, name: defaultAccount.name, currency: this.#baseCurrency ?? currency, balances: [], line })
    const row = this.#rows.add(line, { state: 'ok' })
    return transactionOf(
      {
        row,
        id: text(fields.id) || undefined,
        accountKey: key,
        accountName: account?.name ?? defaultAccount.name,
        type,
        moment,
        symbol: text(fields.symbol),
        dataSource: text(fields.dataSource) || 'YAHOO',
        currency,
        quantity: numbers.quantity ?? '0',
        unitPrice: numbers.unitPrice ?? '0',
        fee: numbers.fee ?? '0',
        comment: text(fields.comment),
      },
      this.#assets,
      this.#keys,
      this.#options.today,
      this.#rows,
    )
  }

  #account(fields: Fields, line: number): void {
    const key = text(fields.id) || text(fields.name)
    const currency = quoteUnit(text(fields.currency))?.currency ?? 'USD'
    const balances: { moment: Moment; value: string }[] = []
    for (const balance of Array.isArray(fields.balances) ? fields.balances.map(asFields) : []) {
      const moment = jsonMoment(text(balance.date), this.#options.timeZone)
      const value = typeof balance.value === 'number' ? numberText(balance.value) : null
      if (moment && value !== null) balances.push({ moment, value })
    }
    const taken = [...this.#accounts.values()].filter(({ name }) => name === text(fields.name)).length
    const name = (text(fields.name) || 'Account').slice(0, 180) + (taken > 0 ? ` (${taken + 1})` : '')
    this.#accounts.set(key, { key, name, currency, balances, line })
  }

  #profile(fields: Fields, line: number): void {
    const closes = new CloseColumn()
    for (const price of Array.isArray(fields.marketData) ? fields.marketData.map(asFields) : []) {
      const moment = jsonMoment(text(price.date), this.#options.timeZone)
      const value = typeof price.marketPrice === 'number' ? numberText(price.marketPrice) : null
      if (moment && value !== null && value !== '0' && !value.startsWith('-')) closes.add(dayNumber(moment.date), value)
    }
    const profile: AssetProfile = {
      dataSource: text(fields.dataSource) || 'MANUAL',
      symbol: text(fields.symbol),
      name: text(fields.name),
      currency: text(fields.currency),
      isin: text(fields.isin),
      kind: kindOf(text(fields.assetClass), text(fields.assetSubClass)),
    }
    this.#profiles.push({ profile, closes, line })
  }

  /** The known cash of an account: what it differs from the balance before is a deposit or withdrawal of that day. */
  #balances(): ImportedTransaction[] {
    const flows: ImportedTransaction[] = []
    for (const { key, name, currency, balances, line } of this.#accounts.values()) {
      let before = Decimal.zero
      for (const { moment, value } of [...balances].sort((a, b) => (a.moment.date < b.moment.date ? -1 : 1))) {
        const change = Decimal.parse(value).minus(before)
        before = Decimal.parse(value)
        const kind = change.isNegative() ? 'withdrawal' : 'deposit'
        const draft = moment.date > this.#options.today
        const said = { date: moment.date, account: name, amount: change.abs().toString(), currency }
        if (change.isZero()) {
          this.#rows.add(line, { ...said, state: 'ignored', ...because('balance-same') })
          continue
        }
        const row = this.#rows.add(line, {
          ...said,
          state: 'ok',
          becomes: kind,
          draft,
          ...because('balance-brings', { value, currency }),
        })
        const state = draft ? 'draft' : 'posted'
        flows.push({
          kind,
          date: moment.date,
          amount: said.amount,
          currency,
          state,
          accountKey: key,
          sourceKey: `balance:${moment.date}`,
          row,
        })
      }
    }
    return flows
  }

  #ignoreBalances(): void {
    for (const { name, currency, balances, line } of this.#accounts.values())
      for (const { moment, value } of balances)
        this.#rows.add(line, {
          state: 'ignored',
          date: moment.date,
          account: name,
          amount: value,
          currency,
          ...because('balance-left-out'),
        })
  }

  #closes(): ImportedCloses[] {
    const read: ImportedCloses[] = []
    for (const { profile, closes, line } of this.#profiles) {
      if (closes.length === 0) continue
      const asset = this.#assets.of(profile)
      const row = this.#rows.add(line, {
        state: asset ? 'ok' : 'error',
        becomes: asset ? 'closes' : null,
        instrument: profile.name || profile.symbol,
        quantity: String(closes.length),
        currency: profile.currency,
        ...(asset ? {} : { field: 'currency', code: 'unknown_currency', ...because('no-currency', { value: profile.currency }) }),
      })
      if (asset) read.push({ key: asset.key, closes, row })
    }
    return read
  }
}

function asFields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {}
}

function text(value: unknown): string {
  // a zero character can be written in JSON, but no database keeps it
  return typeof value === 'string' ? value.toWellFormed().replaceAll('\0', '') : typeof value === 'number' ? String(value) : ''
}

/** '2022-09-03T16:25:19.368113Z', or a day alone. */
function jsonMoment(value: string, timeZone: string): Moment | null {
  return momentIn(value, timeZone) ?? readDate(value, 'yyyy-MM-dd', timeZone)
}

const subClasses = new Map<string, NonNullable<NewInstrument['kind']>>([
  ['STOCK', 'stock'],
  ['ETF', 'etf'],
  ['MUTUALFUND', 'fund'],
  ['BOND', 'bond'],
  ['CRYPTOCURRENCY', 'crypto'],
  ['COMMODITY', 'commodity'],
  ['PRECIOUS_METAL', 'commodity'],
])
const classes = new Map<string, NonNullable<NewInstrument['kind']>>([
  ['EQUITY', 'stock'],
  ['REAL_ESTATE', 'property'],
  ['COMMODITY', 'commodity'],
  ['FIXED_INCOME', 'bond'],
])

function kindOf(assetClass: string, subClass: string): NewInstrument['kind'] {
  return subClasses.get(subClass) ?? classes.get(assetClass)
}
