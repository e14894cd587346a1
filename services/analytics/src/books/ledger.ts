import type { Call } from '@pe/contracts/actor.ts'
import type { CoreRoutes } from '@pe/contracts/core.ts'
import { appliedActionIn, transactionsIn } from '@pe/contracts/ledger-reading.ts'
import type { Client, Reply } from '@pe/contracts/route.ts'
import { withActions } from '@pe/finance/actions/with-actions.ts'
import { type UnitSplit, unitSplits } from '@pe/finance/kernel/closes-over-splits.ts'
import type { LedgerTransaction } from '@pe/finance/ledger/transaction.ts'
import { type Currency, currency } from '@pe/finance/money/currency.ts'

/** The transactions of some accounts as they stood at one moment. */
export interface Ledger {
  /** Version of each account's book that the transactions are from. */
  readonly versions: ReadonlyMap<string, number>
  /** The last change of core's journal that is in here. */
  readonly upTo: number
  readonly currencyOfAccount: ReadonlyMap<string, Currency>
  /** In the ledger's order. */
  readonly recorded: readonly LedgerTransaction[]
  /** The same with what corporate actions bring (finance's `withActions`): what every figure rests on. */
  readonly transactions: readonly LedgerTransaction[]
  /** Splits by instrument: closes from before them are told in the new units. */
  readonly splits: ReadonlyMap<string, readonly UnitSplit[]>
}

type Core = Client<CoreRoutes>

/** The accounts' transactions, and those of accounts from which units came: their lots travelled. */
export async function readLedger(core: Core, call: Call, accountIds: readonly string[], knownAt?: string): Promise<Ledger> {
  const wanted = new Set(accountIds)
  for (;;) {
    const body = { accountIds: [...wanted], ...(knownAt === undefined ? {} : { knownAt }) }
    const { versions, upTo, entries: columns, actions } = await core.ledger({ body }, call)
    const entries = transactionsIn(columns)
    const before = wanted.size
    for (const entry of entries) if (movesUnits(entry)) wanted.add(entry.accountId)
    for (const accountId of accountsIn(actions)) wanted.add(accountId)
    if (wanted.size === before) return ledgerOf({ versions, upTo, actions }, entries)
  }
}

/** The ledger as it is now: the very same one while nothing changed, else with the changed days put in place of what they were. */
export async function ledgerNow(core: Core, call: Call, known: Ledger, accountIds: readonly string[]): Promise<Ledger> {
  const all = [...known.versions.keys()]
  const { versions } = await core.bookVersions({ body: { accountIds: all } }, call)
  if (versions.length !== all.length) return readLedger(core, call, accountIds)
  if (versions.every(({ accountId, version }) => known.versions.get(accountId) === version)) return known

  const changes = await core.ledgerChanges({ body: { accountIds: all, since: known.upTo } }, call)
  const days = new Set<string>(changes.days)
  const replaced = known.recorded.filter(({ date }) => days.has(date))
  // Where units moved between accounts, other accounts' books may have come into it, or gone; so they may with an action's cash.
  if (accountsIn(changes.actions).some((accountId) => !known.versions.has(accountId))) return readLedger(core, call, accountIds)
  const read = transactionsIn(changes.entries)
  if ([...replaced, ...read].some(movesUnits)) return readLedger(core, call, accountIds)
  const kept = new Map(replaced.map((entry) => [entry.id, entry]))
  const fresh = read.map((entry) => kept.get(entry.id) ?? entry)
  const standing = days.size === 0 ? known.recorded : known.recorded.filter(({ date }) => !days.has(date))
  return ledgerOf(changes, mergedByDay(standing, fresh))
}

type Reading = Pick<Reply<CoreRoutes['ledger']>, 'versions' | 'upTo' | 'actions'>

function ledgerOf({ versions, upTo, actions }: Reading, recorded: readonly LedgerTransaction[]): Ledger {
  const applied = actions.map(appliedActionIn)
  return { ...accountsOf(versions), upTo, recorded, transactions: withActions(recorded, applied), splits: unitSplits(applied) }
}

function accountsIn(actions: Reading['actions']): string[] {
  return actions.flatMap(({ accounts }) => accounts.map(({ accountId }) => accountId))
}

/** Two ledgers that have no day in common. */
function mergedByDay(a: readonly LedgerTransaction[], b: readonly LedgerTransaction[]): LedgerTransaction[] {
  const merged: LedgerTransaction[] = []
  let next = 0
  for (const entry of a) {
    for (let other = b[next]; other && other.date < entry.date; other = b[++next]) merged.push(other)
    merged.push(entry)
  }
  for (; next < b.length; next++) merged.push(b[next] as LedgerTransaction)
  return merged
}

function accountsOf(versions: Reply<CoreRoutes['ledger']>['versions']): Pick<Ledger, 'versions' | 'currencyOfAccount'> {
  return {
    versions: new Map(versions.map(({ accountId, version }) => [accountId, version])),
    currencyOfAccount: new Map(versions.map((account) => [account.accountId, currency(account.currency)])),
  }
}

function movesUnits({ kind, instrumentId }: LedgerTransaction): boolean {
  return kind === 'transfer' && instrumentId !== undefined
}
