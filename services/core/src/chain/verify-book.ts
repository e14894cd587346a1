import type { Actor } from '@pe/contracts/actor.ts'
import type { Keys } from '@pe/platform/keys/keys.ts'
import type { ChainEnd } from '@pe/platform/keys/noted-ends.ts'
import type { CoreSql } from '../core-deps.ts'
import { type ChainOwner, readChainOwners, readOrphans } from '../store/chain-reading.ts'
import { readSeal } from '../store/chain-seal.ts'
import { journalColumns } from '../store/journal-text.ts'
import type { Finding } from './finding.ts'
import { bookSeal, isOurs } from './seal.ts'
import { verifyAccount } from './verify-account.ts'
import { readBeside, unknownBeside } from './verify-beside.ts'
import { verifyPositions } from './verify-positions.ts'

export interface BookProof {
  readonly accounts: number
  /** Accounts whose chain has not begun: the next start of the server begins it. */
  readonly without: number
  readonly entries: number
  readonly transactions: number
  readonly findings: readonly (Finding & { readonly account: string | null })[]
}

/**
 * Proves the chains of all accounts, or of one, and that positions equal a replay of the journals. `db` reads one snapshot; the anchors
 * were read before it, so that a chain can only be longer than they say.
 */
export async function verifyBook(db: CoreSql, keys: Keys, anchors: ReadonlyMap<string, ChainEnd>, accountId?: string): Promise<BookProof> {
  const owners = await readChainOwners(db, accountId)
  const names = new Map(owners.map((owner) => [owner.accountId, owner.name]))
  const findings: Finding[] = []
  const beside = await readBeside(db)
  const reading = { db, keys, columns: await journalColumns(db), beside }
  const told = new Set<string>()
  let [entries, transactions] = [0, 0]
  for (const owner of owners) {
    const proof = await verifyAccount(reading, owner, anchors.get(owner.accountId))
    entries += proof.entries
    transactions += proof.transactions
    findings.push(...proof.findings)
    for (const name of proof.beside) told.add(name)
  }
  const seal = await readSeal(db)
  // Before a book has its seal its chains need not tell of what stands beside the journals.
  if (seal) findings.push(...unknownBeside(beside, told, accountId))
  // A journal that is not what its chain says cannot be replayed.
  if (findings.length === 0) findings.push(...(await positionsOf(db, owners)))
  if (accountId === undefined) {
    findings.push(...(await readOrphans(db)).map(orphaned))
    const noted = anchors.get(bookSeal)
    if (seal ? !isOurs(keys, seal) || (noted && noted.digest !== seal.digest) : noted) findings.push(sealChanged)
    findings.push(...[...anchors.keys()].filter((id) => id !== bookSeal && !names.has(id)).map(forgotten))
  }
  return {
    accounts: owners.length,
    without: owners.filter(({ length }) => length === null).length,
    entries,
    transactions,
    findings: findings.map((finding) => ({ ...finding, account: names.get(finding.accountId ?? '') ?? null })),
  }
}

async function positionsOf(db: CoreSql, owners: readonly ChainOwner[]): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const [organisationId, accounts] of Map.groupBy(owners, (owner) => owner.organisationId)) {
    const reader: Actor = { organisationId, userId: organisationId, timeZone: 'UTC' }
    const accountIds = accounts.map((owner) => owner.accountId)
    findings.push(...(await verifyPositions(db, reader, accountIds)))
  }
  return findings
}

const sealChanged: Finding = {
  accountId: null,
  entry: null,
  transactionId: null,
  detail: 'the seal of the book (chain_seal) was changed or taken away',
}

function orphaned({ accountId, entries, transactions }: { accountId: string; entries: number; transactions: number }): Finding {
  const detail = `is not there, but ${entries} entries of its chain and ${transactions} of its transactions are`
  return { accountId, entry: null, transactionId: null, detail }
}

function forgotten(accountId: string): Finding {
  return { accountId, entry: null, transactionId: null, detail: 'is not there, but its chain was anchored' }
}
