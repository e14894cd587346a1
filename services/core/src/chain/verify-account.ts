import type { Keys } from '@pe/platform/keys/keys.ts'
import type { CoreSql } from '../core-deps.ts'
import { type ChainOwner, readChain } from '../store/chain-reading.ts'
import { type JournalColumns, type JournalText, journalText } from '../store/journal-text.ts'
import { type ChainEnd, digestOf, ledgerChain } from './link.ts'
import { differences, ReplayedJournal } from './replayed-journal.ts'

/** Something that is not as the chain says. */
export interface Finding {
  readonly accountId: string
  /** Of the chain, where one can be named. */
  readonly entry: number | null
  readonly transactionId: string | null
  /** The rest of a sentence that begins with account and entry. */
  readonly detail: string
}

export interface AccountProof {
  readonly entries: number
  readonly transactions: number
  readonly findings: readonly Finding[]
}

/** What a proof reads from. */
export interface Reading {
  readonly db: CoreSql
  readonly keys: Keys
  readonly columns: JournalColumns
}

const page = 5000

/**
 * Proves a chain (content, order, links, the end that the account claims, the end that was anchored in a second place) and that the journal
 * stands exactly as the chain says. A chain that has not begun proves nothing and is found nothing against.
 */
export async function verifyAccount(
  { db, keys, columns }: Reading,
  owner: ChainOwner,
  anchored: ChainEnd | undefined,
): Promise<AccountProof> {
  const { accountId } = owner
  const findings: Finding[] = []
  const find = (entry: number | null, detail: string, transactionId: string | null = null): void => {
    findings.push({ accountId, entry, transactionId, detail })
  }
  const key = keys.of(ledgerChain)
  const journal = new ReplayedJournal()
  let [entries, last, previous] = [0, 0, '']
  for await (const some of readChain(db, accountId, page)) {
    for (const entry of some) {
      const { number, digest, organisationId } = entry
      if (number !== last + 1) find(last + 1, number > last + 1 ? missing(last + 1, number - 1) : `has number ${number}`)
      if (digest !== digestOf(key, entry, previous)) find(number, 'does not match its digest: it or the one before was changed')
      if (organisationId !== owner.organisationId) find(number, 'belongs to another organisation than its account')
      const trouble = journal.apply(entry)
      if (trouble) find(number, trouble)
      if (anchored?.length === number && anchored.digest !== digest)
        find(number, 'is not the one that was anchored: the chain was rewritten')
      ;[entries, last, previous] = [entries + 1, number, digest]
    }
  }
  if (anchored && anchored.length > last) find(last + 1, `${missing(last + 1, anchored.length)}: the anchor knows ${anchored.length}`)
  if (owner.length === null ? entries > 0 : owner.length !== last || owner.digest !== previous) {
    find(last, `is the last one found, but the account says that its chain has ${owner.length ?? 'no'} entries and another end`)
  }
  if (owner.length === null) return { entries, transactions: 0, findings }
  const transactions = await compareJournal(journalText(db, columns, accountId, page), journal, find)
  return { entries, transactions, findings }
}

async function compareJournal(
  journal: AsyncIterable<readonly JournalText[]>,
  { rows: expected }: ReplayedJournal,
  find: (entry: number | null, detail: string, transactionId: string) => void,
): Promise<number> {
  let transactions = 0
  for await (const rows of journal) {
    for (const { id, row } of rows) {
      transactions += 1
      const said = expected.get(id)
      if (!said) find(null, 'stands in the journal, but the chain does not know it', id)
      else {
        const differing = differences(said.row, row)
        if (differing.length > 0) find(said.entry, `says otherwise than the journal in ${differing.join(', ')}`, id)
        expected.delete(id)
      }
    }
  }
  for (const [id, { entry }] of expected) find(entry, 'tells of a transaction that is missing from the journal', id)
  return transactions
}

function missing(from: number, to: number): string {
  return from === to ? 'is missing' : `to ${to} are missing`
}
