import type { Call } from '@pe/contracts/actor.ts'
import type { coreRoutes } from '@pe/contracts/core.ts'
import type { Portfolio } from '@pe/contracts/portfolios.ts'
import type { Input } from '@pe/contracts/route.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { CoreDeps, CoreSql } from './core-deps.ts'
import { announcePortfolioChange } from './facts.ts'
import { orRefuseInstrument } from './known-instrument.ts'
import { orRefuseCurrency } from './open-account.ts'
import { booksOf } from './store/accounts.ts'
import { gatherAccounts, groupablePortfolios, setGroupMembers } from './store/groups.ts'
import { addMembers, insertPortfolio, readPortfolio } from './store/portfolios.ts'
import { orRefuseName } from './unique-name.ts'

/** A view of accounts; with `portfolioIds`, of the accounts of those portfolios. */
export async function createPortfolio(core: CoreDeps, { body }: Input<typeof coreRoutes.createPortfolio>, call: Call): Promise<Portfolio> {
  const { accountIds, portfolioIds, costMethod = 'fifo', type = 'taxable', ...stated } = body
  orRefuseCurrency(body.baseCurrency)
  await orRefuseInstrument(core, call, body.benchmarkId ?? undefined)
  if (portfolioIds && (accountIds.length > 0 || body.type))
    throw new Refused('field_not_allowed', 'a group takes its accounts from its portfolios and has no type of its own')
  const id = core.ids.next()
  return await core.db.write({ call, action: 'portfolio.create', subject: `portfolio:${id}` }, async (tx) => {
    await booksOf(tx.sql, call.actor, accountIds)
    const portfolio = {
      ...stated,
      id,
      type: portfolioIds ? 'group' : type,
      costMethod,
      createdAt: core.clock.now(),
      importId: null,
    } as const
    await orRefuseName(body.name, () => insertPortfolio(tx.sql, call.actor, portfolio))
    await addMembers(tx.sql, call.actor, id, [...new Set(accountIds)], null)
    if (portfolioIds) await regroup(tx.sql, call, id, portfolioIds)
    await announcePortfolioChange(tx, id)
    return await readPortfolio(tx.sql, call.actor, id)
  })
}

/** Says which portfolios a group shows; a group in a group is refused, since an account should have one way into it. */
export async function regroup(db: CoreSql, call: Call, groupId: string, portfolioIds: readonly string[]): Promise<void> {
  const wanted = [...new Set(portfolioIds)]
  const found = await groupablePortfolios(db, call.actor, wanted)
  const other = wanted.find((id) => !found.has(id))
  if (other) throw new Refused('field_not_allowed', `a group shows portfolios; ${other} is none, or a group itself`)
  await setGroupMembers(db, call.actor, groupId, wanted)
  await gatherAccounts(db, groupId)
}
