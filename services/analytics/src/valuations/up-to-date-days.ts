import type { Call } from '@pe/contracts/actor.ts'
import { isCurrency } from '@pe/finance/money/currency.ts'
import type { Deps } from '../deps.ts'
import type { FigureScope } from '../scopes/figure-scope.ts'
import { readDays } from '../store/daily-valuation.ts'
import { findScope } from '../store/valued-scope.ts'
import type { ValueSeries } from './value-series.ts'

/** The stored days of a scope, if they rest on the books as they are now; null when they are to be computed. */
export async function upToDateDays(deps: Deps, call: Call, scope: FigureScope): Promise<ValueSeries | null> {
  if (!scope.stored) return null
  const { organisationId } = call.actor
  const stored = await findScope(deps.db, organisationId, scope.stored.id)
  if (!stored || stored.dirtyFrom !== null || stored.currency !== scope.currency || !isCurrency(stored.currency)) return null
  if (!scope.accountIds.every((id) => id in stored.bookVersions)) return null
  const { versions } = await deps.core.bookVersions({ body: { accountIds: Object.keys(stored.bookVersions) } }, call)
  if (!versions.every(({ accountId, version }) => stored.bookVersions[accountId] === version)) return null
  return readDays(deps.db, organisationId, scope.stored.id, stored.currency)
}
