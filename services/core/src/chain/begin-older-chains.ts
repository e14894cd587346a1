import type { Call } from '@pe/contracts/actor.ts'
import { acrossOrganisations } from '@pe/platform/db/current-call.ts'
import type { WriteTx } from '@pe/platform/db/database.ts'
import type { CoreDeps } from '../core-deps.ts'
import { sealStandingAccount, untoldAccounts } from '../store/account-rows.ts'
import { accountsWithBeside, sealWhatStands } from '../store/beside-rows.ts'
import { beginChains, nobody } from '../store/chain.ts'
import { accountsWithoutChain } from '../store/chain-reading.ts'
import { keepSeal, readSeal } from '../store/chain-seal.ts'
import type { CoreTables } from '../store/tables.ts'
import { sealOf } from './seal.ts'

interface Account {
  readonly accountId: string
  readonly organisationId: string
}

/**
 * Begins the chains of books that are older than chains, each in a transaction of its own; a write that comes first begins its own. Then lets
 * the chains of a book from before they told of it say how each account stands and what stands beside the journals, once, and keeps the seal
 * of the book.
 */
export async function beginOlderChains(core: CoreDeps): Promise<void> {
  const { db, clock, keys } = core
  for (const account of await acrossOrganisations(() => accountsWithoutChain(db.sql)))
    await begin(core, account, (tx) => beginChains(tx, clock.now(), [account.accountId]))
  for (const account of await acrossOrganisations(() => untoldAccounts(db.sql)))
    await begin(core, account, (tx) => sealStandingAccount(tx, clock.now(), account.accountId))
  if (await readSeal(db.sql)) return
  for (const account of await acrossOrganisations(() => accountsWithBeside(db.sql)))
    await begin(core, account, (tx) => sealWhatStands(tx, clock.now(), [account.accountId]))
  await keepSeal(db.sql, sealOf(keys, clock.now()))
}

async function begin(
  { db }: CoreDeps,
  { accountId, organisationId }: Account,
  change: (tx: WriteTx<CoreTables>) => Promise<void>,
): Promise<void> {
  const call: Call = { actor: { organisationId, userId: nobody, timeZone: 'UTC' }, traceId: '0'.repeat(32) }
  await db.write({ call, action: 'chain.begin', subject: `account:${accountId}` }, change)
}
