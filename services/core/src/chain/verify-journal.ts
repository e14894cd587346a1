import type { CoreSql } from '../core-deps.ts'
import type { StoredEntry } from '../store/chain-reading.ts'
import { countJournal, journalRows, type TextColumns } from '../store/journal-text.ts'
import type { Act, RowText } from './acts.ts'
import { differences } from './differences.ts'
import type { Find } from './finding.ts'
import { nameStrangers } from './name-strangers.ts'

/** Rows read from the journal at once. */
const piece = 2500

/** What an entry says of one transaction. */
type Said =
  | { readonly entry: number; readonly id: string; readonly row: RowText }
  | { readonly entry: number; readonly id: string; readonly void: RowText }
  | { readonly entry: number; readonly id: string; readonly replacedBy: string }

/**
 * Holds the journal of an account against what its chain says, as the chain is read: each transaction that an entry is about is looked up,
 * and compared in what the entry says of it. Nothing is kept but counts, however long the book: where each act was found as it says, a row
 * too many, void without an act or linked without one shows as a count that differs; only then rows are looked for by name.
 */
export class JournalProof {
  readonly #db: CoreSql
  readonly #columns: TextColumns
  readonly #accountId: string
  readonly #find: Find
  readonly #told = { transactions: 0, void: 0, replaced: 0 }
  /** Links that the journal does not show: a later entry may say why, since what is reinstated again is linked anew. */
  readonly #unlinked = new Map<string, number>()

  constructor(db: CoreSql, columns: TextColumns, accountId: string, find: Find) {
    this.#db = db
    this.#columns = columns
    this.#accountId = accountId
    this.#find = find
  }

  async hold(acts: readonly { readonly entry: StoredEntry; readonly act: Act }[]): Promise<void> {
    let some: Said[] = []
    for (const { entry, act } of acts) {
      for (const said of saidBy(entry, act)) {
        if (some.push(said) < piece) continue
        await this.#compare(some)
        some = []
      }
    }
    await this.#compare(some)
  }

  /** When the whole chain was read. Answers how many transactions stand in the journal. */
  async finish(): Promise<number> {
    for (const [id, entry] of this.#unlinked) this.#find(entry, 'says otherwise than the journal in replaced_by', id)
    const found = await countJournal(this.#db, this.#accountId)
    const told = this.#told
    if (found.transactions === told.transactions && found.void === told.void && found.replaced === told.replaced) return found.transactions
    const named = await nameStrangers(this.#db, this.#columns, this.#accountId, this.#find)
    if (named === 0) {
      const counts = `${told.transactions} transactions, ${told.void} of them void, ${told.replaced} replaced`
      this.#find(null, `tells of ${counts} in its chain, but the journal holds ${found.transactions}, ${found.void} and ${found.replaced}`)
    }
    return found.transactions
  }

  async #compare(some: readonly Said[]): Promise<void> {
    const found = await journalRows(this.#db, this.#columns, [...new Set(some.map(({ id }) => id))])
    for (const said of some) {
      const trouble = this.#against(said, found.get(said.id))
      if (trouble) this.#find(said.entry, trouble, said.id)
    }
  }

  #against(said: Said, found: RowText | undefined): string | undefined {
    const told = this.#told
    if ('row' in said) {
      told.transactions += 1
      if (said.row.state === 'void') told.void += 1
      if (said.row.replaced_by !== undefined) told.replaced += 1
      if (!found) return 'tells of a transaction that is missing from the journal'
      return otherwise(differences(withLaterActs(said.row, found), found))
    }
    if (found?.account_id !== this.#accountId) return 'is about a transaction that is missing from the journal of the account'
    if ('void' in said) {
      told.void += 1
      const { state, voided_at, voided_by, void_reason } = found
      return otherwise(differences(said.void, given({ state, voided_at, voided_by, void_reason })))
    }
    if (found.replaced_by !== said.replacedBy) this.#unlinked.set(said.id, said.entry)
    else {
      this.#unlinked.delete(said.id)
      told.replaced += 1
    }
    return undefined
  }
}

function otherwise(differing: readonly string[]): string | undefined {
  return differing.length > 0 ? `says otherwise than the journal in ${differing.join(', ')}` : undefined
}

/** The row with what voiding and replacing have made of it, which the entries of those acts are held against. */
function withLaterActs(said: RowText, found: RowText): RowText {
  let expected = said
  if (found.state === 'void' && said.state !== 'void') {
    const { state, voided_at, voided_by, void_reason } = found
    expected = { ...said, ...given({ state, voided_at, voided_by, void_reason }), version: String(Number(said.version) + 1) }
  }
  if (found.replaced_by === undefined || said.replaced_by !== undefined) return expected
  return { ...expected, replaced_by: found.replaced_by }
}

function given(columns: Readonly<Record<string, string | undefined>>): RowText {
  return Object.fromEntries(Object.entries(columns).flatMap(([name, text]) => (text === undefined ? [] : [[name, text]])))
}

/** What an entry says, transaction by transaction; nothing where it is about what stands beside the journal. */
function* saidBy(entry: StoredEntry, act: Act): Generator<Said> {
  const { number, accountId } = entry
  switch (act.act) {
    case 'recorded':
      return yield rowSaid(number, recordedRow(entry, act.transaction))
    case 'stands':
      return yield rowSaid(number, { ...act.transaction, account_id: accountId })
    case 'recorded-rows':
      for (const texts of act.rows) yield rowSaid(number, recordedRow(entry, namedTexts(act.columns, texts)))
      return
    case 'voided':
      return yield { entry: number, id: act.transaction, void: voidColumns(entry, act.reason) }
    case 'voided-rows':
      for (const id of act.transactions) yield { entry: number, id, void: voidColumns(entry, act.reason) }
      return
    case 'replaced':
      return yield { entry: number, id: act.transaction, replacedBy: act.by }
  }
}

function rowSaid(entry: number, row: RowText): Said {
  return { entry, id: row.id ?? '', row }
}

function voidColumns({ at, by }: StoredEntry, reason: string | undefined): RowText {
  return given({ state: 'void', voided_at: at, voided_by: by, void_reason: reason })
}

function namedTexts(columns: readonly string[], texts: readonly (string | null)[]): RowText {
  const stated: Record<string, string> = {}
  for (const [at, name] of columns.entries()) {
    const text = texts[at]
    if (typeof text === 'string') stated[name] = text
  }
  return stated
}

function recordedRow(entry: StoredEntry, stated: RowText): RowText {
  return {
    ...stated,
    account_id: entry.accountId,
    organisation_id: entry.organisationId,
    recorded_at: entry.at,
    recorded_by: entry.by,
    recorded_state: stated.state ?? '',
    version: '1',
  }
}
