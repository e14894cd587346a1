import { Readable } from 'node:stream'
import type { Account } from '@pe/contracts/accounts.ts'
import type { Call } from '@pe/contracts/actor.ts'
import type { integrationRoutes } from '@pe/contracts/integration.ts'
import type { Instrument } from '@pe/contracts/market.ts'
import type { Portfolio } from '@pe/contracts/portfolios.ts'
import type { BytesReply, Input } from '@pe/contracts/route.ts'
import type { Transaction } from '@pe/contracts/transactions.ts'
import { type BeancountBook, beancountText } from './exports/beancount.ts'
import { ghostfolioJson, type Names } from './exports/ghostfolio.ts'
import { wholeLedger } from './exports/whole-ledger.ts'
import { exportColumns } from './importers/csv/fields.ts'
import type { IntegrationDeps } from './integration-deps.ts'

const pageSize = 1000

/** Posted transactions and drafts, newest first, as a stream: pages are fetched as the caller reads. The CSV can be imported again as it is. */
export async function exportTransactions(
  deps: IntegrationDeps,
  { params: { portfolioId }, query: { format } }: Input<typeof integrationRoutes.exportTransactions>,
  call: Call,
): Promise<BytesReply> {
  const portfolio = await deps.core.getPortfolio({ params: { portfolioId } }, call)
  const accounts = new Map<string, Account>()
  for await (const account of pages((cursor) => deps.core.listAccounts({ query: { limit: pageSize, ...cursor } }, call)))
    accounts.set(account.id, account)
  const instruments = new Map<string, Instrument>()
  for await (const one of pages((cursor) => deps.market.listInstruments({ query: { limit: pageSize, ...cursor } }, call)))
    instruments.set(one.id, one)
  const names = { accounts, instruments }
  const transactions = pages((cursor) => deps.core.listTransactions({ query: { portfolioId, limit: pageSize, ...cursor } }, call))
  const fileName = `${portfolio.name.replace(/[^\p{L}\p{N} _-]/gu, '_')}.${format === 'ghostfolio' ? 'json' : format}`
  if (format === 'csv') return { contentType: 'text/csv; charset=utf-8', fileName, stream: Readable.from(csvLines(transactions, names)) }
  if (format === 'beancount') {
    const book = await beancountBook(deps, portfolio, names, transactions, call)
    return { contentType: 'text/plain; charset=utf-8', fileName, stream: Readable.from(beancountText(book)) }
  }
  if (format === 'ghostfolio') {
    const own = new Map(portfolio.accountIds.flatMap((id) => [...accounts].filter(([known]) => known === id)))
    const stream = Readable.from(ghostfolioJson(transactions, { accounts: own, instruments }, deps.clock.now()))
    return { contentType: 'application/json', fileName, stream }
  }
  const about = { portfolio: portfolio.name, baseCurrency: portfolio.baseCurrency }
  return { contentType: 'application/json', fileName, stream: Readable.from(jsonLines(about, transactions, names)) }
}

/** Beancount wants the oldest first and knows no void or draft; of the journal only the notes are needed. */
async function beancountBook(
  deps: IntegrationDeps,
  { name: title, baseCurrency: currency, accountIds }: Portfolio,
  names: Names,
  transactions: AsyncIterable<Transaction>,
  call: Call,
): Promise<BeancountBook> {
  const notes = new Map<string, string>()
  for await (const { id, note } of transactions) if (note !== '') notes.set(id, note)
  const ledger = await wholeLedger(deps, accountIds, call)
  return { title, currency, ...names, ...ledger, noteOf: (id) => notes.get(id) ?? '' }
}

async function* pages<T>(fetch: (cursor: { cursor?: string }) => Promise<{ items: T[]; next: string | null }>): AsyncGenerator<T> {
  let cursor: { cursor?: string } = {}
  for (;;) {
    const { items, next } = await fetch(cursor)
    yield* items
    if (next === null) return
    cursor = { cursor: next }
  }
}

type ExportedRow = Record<(typeof exportColumns)[number], string>

function rowOf(transaction: Transaction, { accounts, instruments }: Names): ExportedRow {
  const instrument = transaction.instrumentId === null ? undefined : instruments.get(transaction.instrumentId)
  const accountName = (id: string | null): string => (id === null ? '' : (accounts.get(id)?.name ?? id))
  return {
    date: transaction.date,
    time: transaction.time ?? '',
    kind: transaction.kind,
    state: transaction.state,
    account: accountName(transaction.accountId),
    cashAccount: accountName(transaction.cashAccountId),
    toAccount: accountName(transaction.toAccountId),
    name: instrument?.name ?? '',
    isin: instrument?.isin ?? '',
    symbol: instrument?.symbol ?? '',
    instrumentCurrency: instrument?.quoteUnit ?? instrument?.currency ?? '',
    quantity: transaction.quantity ?? '',
    amount: transaction.amount,
    currency: transaction.currency,
    fee: transaction.fee,
    tax: transaction.tax,
    cashCurrency: transaction.cashCurrency ?? '',
    receivedAmount: transaction.received?.amount ?? '',
    receivedCurrency: transaction.received?.currency ?? '',
    rateFrom: transaction.rate?.from ?? '',
    rateTo: transaction.rate?.to ?? '',
    rate: transaction.rate?.value ?? '',
    note: transaction.note,
    id: transaction.id,
  }
}

async function* csvLines(transactions: AsyncIterable<Transaction>, names: Names): AsyncGenerator<string> {
  yield `${exportColumns.join(',')}\r\n`
  for await (const transaction of transactions) {
    const row = rowOf(transaction, names)
    yield `${exportColumns.map((column) => csvCell(row[column])).join(',')}\r\n`
  }
}

/** Quoted where needed; a text that a spreadsheet would run as a formula gets an apostrophe in front, which the importer takes off again. */
function csvCell(text: string): string {
  const safe = /^'*[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

async function* jsonLines(about: Record<string, string>, transactions: AsyncIterable<Transaction>, names: Names): AsyncGenerator<string> {
  yield `${JSON.stringify(about).slice(0, -1)},"transactions":[`
  let separator = '\n'
  for await (const transaction of transactions) {
    yield separator + JSON.stringify(rowOf(transaction, names))
    separator = ',\n'
  }
  yield '\n]}\n'
}
