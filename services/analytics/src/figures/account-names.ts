import type { Call } from '@pe/contracts/actor.ts'
import type { Deps } from '../deps.ts'

/** What core calls these accounts. */
export async function accountNames(deps: Deps, call: Call, accountIds: Iterable<string>): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(accountIds)]
  const accounts = await Promise.all(ids.map((accountId) => deps.core.getAccount({ params: { accountId } }, call)))
  return new Map(accounts.map(({ id, name }) => [id, name]))
}
