import type { Call } from '@pe/contracts/actor.ts'
import type { Trail, TrailSource } from '@pe/finance/explain/trail.ts'
import type { LedgerTransaction } from '@pe/finance/ledger/transaction.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { LoadedBook } from '../books/loaded-book.ts'
import type { Deps } from '../deps.ts'

export type Trails = Record<string, Trail>

/** Puts names beside the ids that trails go by, wherever they are known. */
export interface TrailNames {
  readonly ofAll: (trails: Trails) => Trails
}

/** The names of the instruments, accounts and transactions of a book. */
export async function trailNames(deps: Deps, call: Call, book: LoadedBook): Promise<TrailNames> {
  const { ledger, instruments } = book.parts
  const accounts = await accountNames(deps, call, [...ledger.versions.keys()])
  const transactions = new Map(ledger.transactions.map((entry) => [entry.id, entry]))
  const instrumentOf = (id: string | undefined): string | undefined => (id === undefined ? undefined : instruments.get(id)?.name)
  const told = new WeakMap<Trail, Trail>()
  return { ofAll: (trails) => Object.fromEntries(Object.entries(trails).map(([figure, trail]) => [figure, named(trail)])) }

  function named(trail: Trail): Trail {
    const known = told.get(trail)
    if (known) return known
    const { source } = trail
    const copy = { ...trail, inputs: trail.inputs.map(named), ...(source ? { source: { ...source, ...namesOf(source) } } : {}) }
    told.set(trail, copy)
    return copy
  }

  function namesOf({ kind, id }: TrailSource): Partial<TrailSource> {
    if (id === undefined) return {}
    if (kind === 'close' || kind === 'instrument') return { instrument: instrumentOf(id) }
    if (kind === 'account') return { account: accounts.get(id) }
    const entry = kind === 'transaction' ? transactions.get(id) : undefined
    return entry ? { transaction: entry.kind, instrument: instrumentOf(entry.instrumentId), account: accountsOf(entry) } : {}
  }

  function accountsOf({ accountId, toAccountId }: LedgerTransaction): string | undefined {
    const names = [...new Set([accountId, toAccountId])].flatMap((id) => (id === undefined ? [] : (accounts.get(id) ?? [])))
    return names.length > 0 ? names.join(' \u2192 ') : undefined
  }
}

/** Names of accounts; one that this person may not see, though units came from it, has none here. */
async function accountNames(deps: Deps, call: Call, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const found = await Promise.all(
    ids.map(async (accountId) => {
      try {
        const { name } = await deps.core.getAccount({ params: { accountId } }, call)
        return [accountId, name] as const
      } catch (trouble) {
        if (trouble instanceof Refused) return null
        throw trouble
      }
    }),
  )
  return new Map(found.filter((pair) => pair !== null))
}
