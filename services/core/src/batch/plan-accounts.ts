import type { NewAccount } from '@pe/contracts/accounts.ts'
import type { Call } from '@pe/contracts/actor.ts'
import type { coreRoutes } from '@pe/contracts/core.ts'
import type { Input } from '@pe/contracts/route.ts'
import { type Currency, isCurrency } from '@pe/finance/money/currency.ts'
import type { PlainDate } from '@pe/finance/time/plain-date.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { CoreDeps, CoreSql } from '../core-deps.ts'
import { type AccountBook, booksOf, takenAccountNames } from '../store/accounts.ts'
import { accountsByKey, accountsByName } from '../store/batches.ts'
import { findPortfolio } from '../store/portfolios.ts'
import type { Destination } from './judged-batch.ts'

type Batch = Destination & Pick<Input<typeof coreRoutes.recordBatch>['body'], 'dryRun'>

export interface PlannedAccount {
  readonly key: string
  readonly id: string
  /** What to open; null for one that stands. */
  readonly opens: NewAccount | null
}

export interface PlannedPortfolio {
  readonly id: string
  readonly name: string
  readonly baseCurrency: Currency
  /** It takes nothing of a later day. */
  readonly archivedOn: PlainDate | null
  readonly opens: boolean
}

/** Where the rows of a batch go, before anything is saved. */
export interface AccountPlan {
  readonly portfolio: PlannedPortfolio | null
  readonly accounts: readonly PlannedAccount[]
  /** The books of all of them by id, those still to be opened included. */
  readonly books: ReadonlyMap<string, AccountBook>
}

/**
 * Finds the portfolio by name and each account by its id, by the key an earlier import remembered or, in a file that calls accounts by
 * their names (our own export does), by its name in the portfolio; what is not there is planned. Locks what stands, unless the batch only asks what would happen. `idOf` has the ids that accounts to be opened were given before.
 */
export async function planAccounts(
  core: CoreDeps,
  db: CoreSql,
  call: Call,
  batch: Batch,
  idOf: ReadonlyMap<string, string> = new Map(),
): Promise<AccountPlan> {
  const portfolio = await planPortfolio(core, db, call, batch)
  const known = portfolio && !portfolio.opens ? await accountsByKey(db, call.actor, portfolio.id) : new Map<string, string>()
  const named = portfolio && !portfolio.opens ? await accountsByName(db, call.actor, portfolio.id) : new Map<string, string>()
  const taken = await takenAccountNames(db, call.actor)
  const accounts = batch.accounts.map(({ key, accountId, account }): PlannedAccount => {
    const byName = key === account.name ? named.get(key.toLowerCase()) : undefined
    const standing = accountId ?? known.get(key) ?? byName
    if (standing) return { key, id: standing, opens: null }
    if (!isCurrency(account.currency))
      throw new Refused('unknown_currency', `${account.currency} of account ${account.name} is no currency`)
    const name = freeName(account.name, portfolio?.name, taken)
    taken.add(name.toLowerCase())
    return { key, id: idOf.get(key) ?? core.ids.next(), opens: { ...account, name } }
  })
  const standing = accounts.filter(({ opens }) => opens === null).map(({ id }) => id)
  const books = await booksOf(db, call.actor, standing, !batch.dryRun)
  for (const { id, opens } of accounts) if (opens) books.set(id, bookToOpen(id, opens))
  return { portfolio, accounts, books }
}

async function planPortfolio(core: CoreDeps, db: CoreSql, call: Call, { portfolio, dryRun }: Batch): Promise<AccountPlan['portfolio']> {
  if (!portfolio) return null
  const { name, baseCurrency } = portfolio
  if (!isCurrency(baseCurrency)) throw new Refused('unknown_currency', `${baseCurrency} of portfolio ${name} is no currency`)
  const standing = await findPortfolio(db, call.actor, { name }, { lock: !dryRun })
  if (standing?.type === 'group')
    throw new Refused('field_not_allowed', `${standing.name} is a group of portfolios; import into one of its portfolios`)
  const archivedOn = standing?.archivedOn ?? null
  return { id: standing?.id ?? core.ids.next(), name: standing?.name ?? name, baseCurrency, archivedOn, opens: standing === null }
}

function bookToOpen(id: string, account: NewAccount): AccountBook {
  const openedOn: PlainDate | null = account.openedOn ?? null
  return {
    id,
    name: account.name,
    currency: account.currency,
    openedOn,
    allowsShort: account.allowsShort ?? false,
    archivedOn: null,
    version: 1,
    bookVersion: 0,
  }
}

/** Names of accounts are unique: 'Depot' becomes 'Depot (Main)' in the portfolio Main when there is a Depot already, then 'Depot (Main) 2'. */
function freeName(wanted: string, portfolioName: string | undefined, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted.toLowerCase())) return wanted
  const longest = 180
  const base = portfolioName ? `${wanted} (${portfolioName})`.slice(0, longest) : wanted.slice(0, longest)
  if (!taken.has(base.toLowerCase())) return base
  for (let count = 2; ; count++) if (!taken.has(`${base} ${count}`.toLowerCase())) return `${base} ${count}`
}
