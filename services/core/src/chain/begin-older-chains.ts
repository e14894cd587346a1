import type { Call } from '@pe/contracts/actor.ts'
import type { CoreDeps } from '../core-deps.ts'
import { beginChains, nobody } from '../store/chain.ts'
import { accountsWithoutChain } from '../store/chain-reading.ts'

/** Begins the chains of books that are older than chains, each in a transaction of its own. A write that comes first begins its own. */
export async function beginOlderChains({ db, clock }: CoreDeps): Promise<void> {
  for (const { accountId, organisationId } of await accountsWithoutChain(db.sql)) {
    const call: Call = { actor: { organisationId, userId: nobody, timeZone: 'UTC' }, traceId: '0'.repeat(32) }
    await db.write({ call, action: 'chain.begin', subject: `account:${accountId}` }, (tx) => beginChains(tx, clock.now(), [accountId]))
  }
}
