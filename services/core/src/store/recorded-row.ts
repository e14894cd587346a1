import type { LegOf } from '@pe/contracts/transactions.ts'
import type { Charge } from '@pe/finance/ledger/charges.ts'
import type { RecordedKind } from '@pe/finance/ledger/transaction.ts'
import { type RowText, wellFormed } from '../chain/acts.ts'
import type { Statement } from '../statement.ts'
import type { TransactionRow } from './transactions.ts'

/** A statement with what recording adds to it. */
export interface NewRow {
  readonly id: string
  readonly statement: Statement
  readonly importId: string | null
  readonly sourceKey: string | null
  readonly replaces: string | null
  /** The event that it is a leg of. */
  readonly event?: LegOf | null
  /** Place among the entries of its day; null takes the next one. */
  readonly sequence: string | null
}

/** What recording states of a transaction. */
export const recordedColumns = [
  'id',
  'organisation_id',
  'account_id',
  'cash_account_id',
  'to_account_id',
  'kind',
  'state',
  'recorded_state',
  'date',
  'time',
  'instrument_id',
  'quantity',
  'price',
  'amount',
  'currency',
  'fee',
  'tax',
  'cash_currency',
  'received_amount',
  'received_currency',
  'rate_from',
  'rate_to',
  'rate',
  'lots',
  'charges',
  'event_id',
  'event_kind',
  'leg',
  'note',
  'import_id',
  'source_key',
  'replaces',
  'recorded_at',
  'recorded_by',
] as const

/** What the entry of a chain says by itself (account, organisation, who, when), or what follows from `state`. */
export const toldByEntry: ReadonlySet<string> = new Set(['account_id', 'organisation_id', 'recorded_at', 'recorded_by', 'recorded_state'])

/** What an entry of a chain states of each of many staged rows; their place comes last. */
export const statedColumns = [...recordedColumns.filter((name) => !toldByEntry.has(name)), 'sequence']
const statedAt = [...recordedColumns.keys()].filter((at) => !toldByEntry.has(recordedColumns[at] ?? ''))

/** The texts of `statedColumns`, of a row that has its place or of one that gets it later. */
export function statedTexts(texts: Texts, sequence?: string): (string | null)[] {
  const stated: (string | null)[] = []
  for (const at of statedAt) stated.push(texts[at] ?? null)
  if (sequence !== undefined) stated.push(sequence)
  return stated
}

/** The beginning of a JSON list in the order of `statedColumns`, to which a place and `"]` are added. */
export function statedOf(texts: Texts): string {
  return `${wellFormed(JSON.stringify(statedTexts(texts))).slice(0, -1)},"`
}

/** A posted row of one account, with its place. */
export interface PlacedRow extends NewRow {
  readonly sequence: string
}

export type Texts = readonly (string | null)[]

/** A row as COPY takes it, in the order of `recordedColumns`. */
export function textsOf(row: NewRow, actor: { organisationId: string; userId: string }, recordedAt: string): (string | null)[] {
  const { entry, price, note, state } = row.statement
  return [
    row.id,
    actor.organisationId,
    entry.accountId,
    entry.cashAccountId ?? null,
    entry.toAccountId ?? null,
    entry.kind,
    state,
    state,
    entry.date,
    entry.time ?? null,
    entry.instrumentId ?? null,
    entry.quantity?.toString() ?? null,
    price?.toString() ?? null,
    entry.amount.toString(),
    entry.currency,
    entry.fee.toString(),
    entry.tax.toString(),
    entry.cashCurrency ?? null,
    entry.received?.amount.toString() ?? null,
    entry.received?.currency ?? null,
    entry.rate?.from ?? null,
    entry.rate?.to ?? null,
    entry.rate?.value.toString() ?? null,
    entry.lots ? JSON.stringify(entry.lots.map(({ transactionId, quantity }) => ({ transactionId, quantity: quantity.toString() }))) : null,
    chargesText(row.statement.charges),
    row.event?.id ?? null,
    row.event?.kind ?? null,
    row.event?.leg ?? null,
    note,
    row.importId,
    row.sourceKey,
    row.replaces,
    recordedAt,
    actor.userId,
  ]
}

function chargesText(charges: readonly Charge[] | undefined): string | null {
  if (!charges || charges.length === 0) return null
  return JSON.stringify(
    charges.map(({ kind, amount, currency, rate, note, booked }) => ({
      ...{ kind, amount: amount.toString(), currency, rate: rate?.toString() ?? null, note, booked: booked.toString() },
    })),
  )
}

export function statedText(texts: Texts, sequence: string): RowText {
  const stated: Record<string, string> = { sequence }
  for (const [at, name] of recordedColumns.entries()) {
    const text = texts[at]
    if (text !== null && text !== undefined && !toldByEntry.has(name)) stated[name] = text
  }
  return stated
}

/** A row as it will be read from the journal. */
export function rowOf({ statement, sequence, event }: PlacedRow, texts: Texts): TransactionRow {
  const of = (name: (typeof recordedColumns)[number]) => texts[recordedColumns.indexOf(name)] ?? null
  const { entry } = statement
  return {
    ...{ id: entry.id, sequence, accountId: entry.accountId, kind: entry.kind as RecordedKind, state: 'posted', recordedState: 'posted' },
    ...{ date: entry.date, time: of('time'), instrumentId: of('instrument_id'), cashAccountId: of('cash_account_id') },
    ...{ toAccountId: of('to_account_id'), quantity: of('quantity'), price: of('price'), amount: entry.amount.toString() },
    ...{ currency: entry.currency, fee: entry.fee.toString(), tax: entry.tax.toString(), cashCurrency: of('cash_currency') },
    ...{ receivedAmount: of('received_amount'), receivedCurrency: of('received_currency'), rate: of('rate'), rateFrom: of('rate_from') },
    ...{
      rateTo: of('rate_to'),
      lots: null,
      charges: null,
      eventId: event?.id ?? null,
      eventKind: event?.kind ?? null,
      leg: event?.leg ?? null,
    },
    ...{ note: statement.note.toWellFormed(), importId: of('import_id'), sourceKey: of('source_key'), replaces: of('replaces') },
    ...{ replacedBy: null, voidReason: null, voidedAt: null, voidedBy: null },
    ...{ recordedAt: of('recorded_at') ?? '', recordedBy: of('recorded_by') ?? '', version: 1 },
  }
}
