import type { Keys } from '@pe/platform/keys/keys.ts'
import type { ChainEnd } from '@pe/platform/keys/noted-ends.ts'
import type { CoreSql } from '../core-deps.ts'
import { type ChainOwner, readChain, type StoredEntry } from '../store/chain-reading.ts'
import type { TextColumns } from '../store/journal-text.ts'
import type { Act } from './acts.ts'
import type { Find, Finding } from './finding.ts'
import { digestOf, ledgerChain } from './link.ts'
import { readAct } from './read-act.ts'
import { type Beside, BesideProof } from './verify-beside.ts'
import { JournalProof } from './verify-journal.ts'

export interface AccountProof {
  readonly entries: number
  readonly transactions: number
  /** What stands beside the journals and is told by this chain. */
  readonly beside: Iterable<string>
  readonly findings: readonly Finding[]
}

/** What a proof reads from. */
export interface Reading {
  readonly db: CoreSql
  readonly keys: Keys
  readonly columns: TextColumns
  readonly beside: Beside
}

/**
 * Proves a chain (content, order, links, the end that the account claims, the end that was anchored in a second place), and that the journal
 * and what stands beside it stand exactly as the chain says. A chain that has not begun proves nothing and is found nothing against.
 */
export async function verifyAccount(
  { db, keys, columns, beside }: Reading,
  owner: ChainOwner,
  anchored: ChainEnd | undefined,
): Promise<AccountProof> {
  const { accountId } = owner
  const findings: Finding[] = []
  const find: Find = (entry, detail, transactionId = null) => {
    findings.push({ accountId, entry, transactionId, detail })
  }
  const key = keys.of(ledgerChain)
  const journal = new JournalProof(db, columns, accountId, find)
  const told = new BesideProof()
  let [entries, last, previous] = [0, 0, '']
  for await (const some of readChain(db, accountId)) {
    const acts: { entry: StoredEntry; act: Act }[] = []
    for (const entry of some) {
      const { number, digest, organisationId } = entry
      if (number !== last + 1) find(last + 1, number > last + 1 ? missing(last + 1, number - 1) : `has number ${number}`)
      if (digest !== digestOf(key, entry, previous)) find(number, 'does not match its digest: it or the one before was changed')
      if (organisationId !== owner.organisationId) find(number, 'belongs to another organisation than its account')
      if (anchored?.length === number && anchored.digest !== digest)
        find(number, 'is not the one that was anchored: the chain was rewritten')
      const act = readAct(entry.what)
      if (!act) find(number, 'is not an act')
      else if ('rows' in act && act.act !== 'recorded-rows') told.tell(number, act, find)
      else acts.push({ entry, act })
      ;[entries, last, previous] = [entries + 1, number, digest]
    }
    await journal.hold(acts)
  }
  if (anchored && anchored.length > last) find(last + 1, `${missing(last + 1, anchored.length)}: the anchor knows ${anchored.length}`)
  if (owner.length === null ? entries > 0 : owner.length !== last || owner.digest !== previous) {
    find(last, `is the last one found, but the account says that its chain has ${owner.length ?? 'no'} entries and another end`)
  }
  if (owner.length === null) return { entries, transactions: 0, beside: [], findings }
  return { entries, transactions: await journal.finish(), beside: told.hold(beside, find), findings }
}

function missing(from: number, to: number): string {
  return from === to ? 'is missing' : `to ${to} are missing`
}
