import type { LedgerTransaction } from '@pe/finance/ledger/transaction.ts'
import type { LedgerColumns, LedgerExtras } from './ledger-columns.ts'

/** An entry with its decimals as texts, as a test writes and compares it. */
export interface LedgerEntryText extends LedgerExtras {
  readonly id: string
  readonly kind: LedgerTransaction['kind']
  readonly date: LedgerTransaction['date']
  readonly accountId: string
  readonly cashAccountId?: string | undefined
  readonly instrumentId?: string | undefined
  readonly quantity?: string | undefined
  readonly amount: string
  readonly currency: string
  readonly fee: string
  readonly tax: string
}

/** What core writes in SQL, for tests that play core. */
export function columnsOf(entries: readonly LedgerEntryText[]): LedgerColumns {
  const names = [
    ...new Set(entries.flatMap((entry) => [entry.accountId, entry.cashAccountId, entry.instrumentId].filter((id) => id !== undefined))),
  ]
  const placeOf = new Map(names.map((id, at) => [id, at]))
  const place = (id: string | undefined): number | null => (id === undefined ? null : (placeOf.get(id) ?? null))
  return {
    names,
    ids: entries.map(({ id }) => id),
    kinds: entries.map(({ kind }) => kind),
    dates: entries.map(({ date }) => date),
    accounts: entries.map(({ accountId }) => placeOf.get(accountId) ?? 0),
    cashAccounts: entries.map(({ cashAccountId }) => place(cashAccountId)),
    instruments: entries.map(({ instrumentId }) => place(instrumentId)),
    quantities: entries.map(({ quantity }) => quantity ?? null),
    amounts: entries.map(({ amount }) => amount),
    currencies: entries.map(({ currency }) => currency),
    fees: entries.map(({ fee }) => fee),
    taxes: entries.map(({ tax }) => tax),
    extras: entries.flatMap((entry, at): [number, LedgerExtras][] => {
      const { time, toAccountId, cashCurrency, received, rate, lots } = entry
      const extras = JSON.stringify({ time, toAccountId, cashCurrency, received, rate, lots })
      return extras === '{}' ? [] : [[at, JSON.parse(extras) as LedgerExtras]]
    }),
  }
}

/** Entries as they were written, without what they do not have. */
export function asText(entries: readonly LedgerTransaction[]): LedgerEntryText[] {
  return JSON.parse(JSON.stringify(entries)) as LedgerEntryText[]
}
