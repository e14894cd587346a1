import type { Call } from '@pe/contracts/actor.ts'
import type { coreRoutes } from '@pe/contracts/core.ts'
import type { Portfolio } from '@pe/contracts/portfolios.ts'
import type { Input } from '@pe/contracts/route.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import { sql } from 'kysely'
import type { CoreDeps } from './core-deps.ts'
import { announcePortfolioChange } from './facts.ts'
import { orRefuseCurrency } from './open-account.ts'
import { booksOf } from './store/accounts.ts'
import { findPortfolio, readPortfolio, setMembers } from './store/portfolios.ts'
import { orRefuseName } from './unique-name.ts'

/** Changes what a portfolio shows; the ledgers it looks at stay as they are. */
export async function changePortfolio(
  core: CoreDeps,
  { params: { portfolioId }, body, ifMatch }: Input<typeof coreRoutes.changePortfolio>,
  call: Call,
): Promise<Portfolio> {
  const { name, baseCurrency, costMethod, accountIds } = body
  if (baseCurrency !== undefined) orRefuseCurrency(baseCurrency)
  return await core.db.write({ call, action: 'portfolio.change', subject: `portfolio:${portfolioId}` }, async (tx) => {
    const standing = await findPortfolio(tx.sql, call.actor, { id: portfolioId }, { lock: true })
    if (!standing) throw new Refused('not_found', 'there is no such portfolio')
    if (standing.version !== ifMatch) {
      throw new Refused('changed_meanwhile', `this portfolio is in version ${standing.version} now, not ${ifMatch}`)
    }
    await orRefuseName(name, () =>
      tx.sql
        .updateTable('portfolio')
        .set({
          version: sql`version + 1`,
          ...(name === undefined ? {} : { name }),
          ...(baseCurrency === undefined ? {} : { base_currency: baseCurrency }),
          ...(costMethod === undefined ? {} : { cost_method: costMethod }),
        })
        .where('id', '=', portfolioId)
        .execute(),
    )
    if (accountIds !== undefined) {
      await booksOf(tx.sql, call.actor, accountIds)
      await setMembers(tx.sql, call.actor, portfolioId, [...new Set(accountIds)])
    }
    await announcePortfolioChange(tx, portfolioId)
    return await readPortfolio(tx.sql, call.actor, portfolioId)
  })
}
