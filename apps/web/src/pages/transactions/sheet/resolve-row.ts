import { fieldsOf } from '@pe/finance/ledger/check-transaction.ts'
import type { RecordedKind } from '@pe/finance/ledger/transaction.ts'
import { isCurrency } from '@pe/finance/money/currency.ts'
import { isPlainDate } from '@pe/finance/time/plain-date.ts'
import type { Schema } from '@pe/sdk/client.ts'
import { readDecimal } from '../../../hooks/read-decimal.ts'
import { keptOf, shownFields } from '../form-values.ts'
import { numericColumns, type SheetColumn, sheetColumns } from './sheet-columns.ts'
import type { SheetRow } from './sheet-rows.ts'

/** What words in cells mean here. */
export interface Vocabulary {
  readonly locale: string
  /** By name in the person's language, in English, or as the ledger calls it. */
  readonly kindOf: (words: string) => RecordedKind | null
  readonly accountOf: (name: string) => Schema<'Account'> | null
  /** By symbol, ISIN or name. */
  readonly instrumentOf: (words: string) => Schema<'Instrument'> | null
}

/** `unreadable`: the text means nothing here; `missing`: the kind needs it; `notTaken`: the kind has no use for it. */
export type CellFault = 'unreadable' | 'missing' | 'notTaken'

export interface ResolvedRow {
  readonly accountId: string | null
  /** Null while a cell is at fault. */
  readonly transaction: Schema<'NewTransaction'> | null
  readonly faults: Partial<Readonly<Record<SheetColumn, CellFault>>>
}

/** Reads a line as the transaction that it states; the ledger's own table says which fields its kind takes. */
export function resolveRow({ cells, standing }: SheetRow, words: Vocabulary): ResolvedRow {
  const faults: Partial<Record<SheetColumn, CellFault>> = {}
  const kind = words.kindOf(cells.kind)
  if (!kind) faults.kind = cells.kind.trim() === '' ? 'missing' : 'unreadable'
  const date = dateOf(cells.date)
  if (!date) faults.date = cells.date.trim() === '' ? 'missing' : 'unreadable'
  const account = standing ? { id: standing.accountId, currency: standing.currency } : words.accountOf(cells.account)
  if (!account) faults.account = cells.account.trim() === '' ? 'missing' : 'unreadable'
  const currency = cells.currency.trim().toUpperCase() || account?.currency || ''
  if (currency !== '' && !isCurrency(currency)) faults.currency = 'unreadable'

  const shown = kind ? shownFields(kind) : null
  const taken: Partial<Record<SheetColumn, boolean>> = shown
    ? {
        instrument: shown.instrument,
        quantity: shown.quantity,
        price: shown.price,
        fee: shown.charges,
        tax: shown.charges,
        toAccount: shown.toAccount,
      }
    : {}
  for (const column of sheetColumns) if (cells[column].trim() !== '' && taken[column] === false) faults[column] = 'notTaken'

  const numbers: Partial<Record<SheetColumn, string>> = {}
  for (const column of numericColumns) {
    if (cells[column].trim() === '' || faults[column]) continue
    const read = readDecimal(cells[column], words.locale)
    if (read === null) faults[column] = 'unreadable'
    else numbers[column] = read.replace(/^-/, '')
  }
  const named = (column: 'instrument' | 'toAccount', find: (text: string) => { readonly id: string } | null): string | undefined => {
    const text = cells[column].trim()
    if (text === '' || faults[column]) return undefined
    const found = find(text)
    if (!found) faults[column] = 'unreadable'
    return found?.id
  }
  const instrumentId = named('instrument', words.instrumentOf)
  const toAccountId = named('toAccount', words.accountOf)
  if (kind) {
    const fields = fieldsOf[kind]
    if (fields.instrument === 'needed' && cells.instrument.trim() === '') faults.instrument = 'missing'
    if (fields.quantity === 'needed' && cells.quantity.trim() === '') faults.quantity = 'missing'
    // What an exchange pays out has no column: only the form can state it.
    if (fields.received === 'needed' && !standing?.received) faults.kind = 'notTaken'
    if (fields.toAccount === 'needed' && cells.toAccount.trim() === '') faults.toAccount = 'missing'
    const priced = shown?.price && numbers.quantity && numbers.price
    if (cells.amount.trim() === '' && !priced && kind !== 'transfer') faults.amount = 'missing'
  }
  const { quantity, price, amount, fee, tax } = numbers
  const stated = Object.fromEntries(Object.entries({ quantity, price, amount, fee, tax }).filter(([, text]) => text !== undefined))
  const whole = Object.keys(faults).length === 0 && kind && date && account
  return {
    accountId: account?.id ?? null,
    faults,
    transaction: whole
      ? {
          ...(standing && standing.kind === kind ? keptOf(standing) : {}),
          kind,
          date,
          currency,
          state: standing?.state === 'draft' ? 'draft' : 'posted',
          ...(instrumentId ? { instrumentId } : {}),
          ...(toAccountId ? { toAccountId } : {}),
          ...stated,
          ...(cells.note.trim() === '' ? {} : { note: cells.note }),
        }
      : null,
  }
}

/** A day as it is typed: 2026-03-31, 31.03.2026 or 31/03/2026; the day comes first, as in all our languages. */
export function dateOf(text: string): string | null {
  const typed = text.trim()
  const parts = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$/.exec(typed)
  const iso = parts ? `${parts[3]}-${parts[2]?.padStart(2, '0')}-${parts[1]?.padStart(2, '0')}` : typed
  return isPlainDate(iso) ? iso : null
}
