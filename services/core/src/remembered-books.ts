import type { BookByDay } from './book-by-day.ts'

interface Remembered {
  readonly bookVersion: number
  readonly book: BookByDay
}

/** Accounts that are remembered; one of ten years of daily entries takes some 500 KB. */
const mostAccounts = 100

/**
 * What moved in accounts on each day, as long as their books are the same; cache, never truth. Only of accounts whose entries never change
 * currency; what corporate actions bring is not in it.
 */
export class RememberedBooks {
  readonly #accounts = new Map<string, Remembered>()

  /** The book of an account in this version, for the caller to add to; read where it is not known, null where it cannot be told. */
  async of(accountId: string, bookVersion: number, read: () => Promise<BookByDay | null>): Promise<BookByDay | null> {
    const known = this.#accounts.get(accountId)
    // What is handed out may be added to and never be committed: whoever commits gives it back.
    this.#accounts.delete(accountId)
    return known?.bookVersion === bookVersion ? known.book : await read()
  }

  /** Once what was added is committed, or when nothing was. */
  keep(book: BookByDay, bookVersion: number): void {
    this.#accounts.set(book.accountId, { bookVersion, book })
    for (const oldest of this.#accounts.keys()) {
      if (this.#accounts.size <= mostAccounts) return
      this.#accounts.delete(oldest)
    }
  }
}
