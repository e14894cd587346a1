import type { Call } from '@pe/contracts/actor.ts'
import type { coreRoutes } from '@pe/contracts/core.ts'
import type { Portfolio } from '@pe/contracts/portfolios.ts'
import type { Input } from '@pe/contracts/route.ts'
import type { CoreDeps } from './core-deps.ts'
import { announcePortfolioChange } from './facts.ts'
import { orRefuseCurrency } from './open-account.ts'
import { booksOf } from './store/accounts.ts'
import { addMembers, insertPortfolio, readPortfolio } from './store/portfolios.ts'
import { orRefuseName } from './unique-name.ts'

export async function createPortfolio(core: CoreDeps, { body }: Input<typeof coreRoutes.createPortfolio>, call: Call): Promise<Portfolio> {
  const { name, baseCurrency, accountIds, costMethod = 'fifo' } = body
  orRefuseCurrency(baseCurrency)
  const id = core.ids.next()
  return await core.db.write({ call, action: 'portfolio.create', subject: `portfolio:${id}` }, async (tx) => {
    await booksOf(tx.sql, call.actor, accountIds)
    const portfolio = { id, name, baseCurrency, costMethod, createdAt: core.clock.now(), importId: null }
    await orRefuseName(name, () => insertPortfolio(tx.sql, call.actor, portfolio))
    await addMembers(tx.sql, call.actor, id, [...new Set(accountIds)], null)
    await announcePortfolioChange(tx, id)
    return await readPortfolio(tx.sql, call.actor, id)
  })
}
