import type { Call } from '@pe/contracts/actor.ts'
import type { coreRoutes } from '@pe/contracts/core.ts'
import type { CostMethod, LotScope, Portfolio } from '@pe/contracts/portfolios.ts'
import type { Input } from '@pe/contracts/route.ts'
import { usualLotScope } from '@pe/finance/lots/cost-method.ts'
import type { PlainDate } from '@pe/finance/time/plain-date.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import { sql } from 'kysely'
import type { CoreDeps } from './core-deps.ts'
import { regroup } from './create-portfolio.ts'
import { announcePortfolioChange } from './facts.ts'
import { orRefuseInstrument } from './known-instrument.ts'
import { orRefuseCurrency } from './open-account.ts'
import { booksOf } from './store/accounts.ts'
import { findPortfolio, type PortfolioRow, readPortfolio, setMembers } from './store/portfolios.ts'
import { orRefuseName } from './unique-name.ts'

/** Changes what a portfolio shows; the ledgers it looks at stay as they are. */
export async function changePortfolio(
  core: CoreDeps,
  { params: { portfolioId }, body, ifMatch }: Input<typeof coreRoutes.changePortfolio>,
  call: Call,
): Promise<Portfolio> {
  const { name, baseCurrency, costMethod, lotScope, type, inceptionDate, benchmarkId, archivedOn, accountIds, portfolioIds } = body
  if (baseCurrency !== undefined) orRefuseCurrency(baseCurrency)
  await orRefuseInstrument(core, call, benchmarkId ?? undefined)
  orRefuseFuture(core, call, archivedOn)
  return await core.db.write({ call, action: 'portfolio.change', subject: `portfolio:${portfolioId}` }, async (tx) => {
    const standing = await findPortfolio(tx.sql, call.actor, { id: portfolioId }, { lock: true })
    if (!standing) throw new Refused('not_found', 'there is no such portfolio')
    if (standing.version !== ifMatch) {
      throw new Refused('changed_meanwhile', `this portfolio is in version ${standing.version} now, not ${ifMatch}`)
    }
    orRefuseKind(standing, body)
    await orRefuseName(name, () =>
      tx.sql
        .updateTable('portfolio')
        .set({
          version: sql`version + 1`,
          ...(name === undefined ? {} : { name }),
          ...(baseCurrency === undefined ? {} : { base_currency: baseCurrency }),
          ...(costMethod === undefined ? {} : { cost_method: costMethod }),
          lot_scope: lotScope ?? scopeAfter(standing, costMethod),
          ...(type === undefined ? {} : { type }),
          ...(inceptionDate === undefined ? {} : { inception_date: inceptionDate }),
          ...(benchmarkId === undefined ? {} : { benchmark_id: benchmarkId }),
          ...(archivedOn === undefined ? {} : { archived_on: archivedOn }),
        })
        .where('id', '=', portfolioId)
        .execute(),
    )
    if (accountIds !== undefined) {
      await booksOf(tx.sql, call.actor, accountIds)
      await setMembers(tx.sql, call.actor, portfolioId, [...new Set(accountIds)])
    }
    if (portfolioIds !== undefined) await regroup(tx.sql, call, portfolioId, portfolioIds)
    await announcePortfolioChange(tx, portfolioId)
    return await readPortfolio(tx.sql, call.actor, portfolioId)
  })
}

/** From or to an average lots are shared as that is usual; among the other methods what was chosen stays. */
function scopeAfter(standing: PortfolioRow, costMethod: CostMethod = standing.costMethod): LotScope {
  const [before, after] = [usualLotScope(standing.costMethod), usualLotScope(costMethod)]
  return before === after ? standing.lotScope : after
}

/** A group has portfolios and neither accounts nor a type of its own; the others have no portfolios. */
function orRefuseKind(standing: PortfolioRow, { accountIds, portfolioIds, type }: Input<typeof coreRoutes.changePortfolio>['body']): void {
  if (standing.type === 'group' && (accountIds || type))
    throw new Refused('field_not_allowed', `${standing.name} is a group: its accounts are those of its portfolios`)
  if (standing.type !== 'group' && portfolioIds) throw new Refused('field_not_allowed', `${standing.name} is no group of portfolios`)
}

/** Things are archived on a day that has come. */
export function orRefuseFuture(core: CoreDeps, call: Call, archivedOn: PlainDate | null | undefined): void {
  const today = core.clock.today(call.actor.timeZone)
  if (archivedOn && archivedOn > today) throw new Refused('date_in_future', `${archivedOn} is after ${today}`)
}
