import type { Call } from '@pe/contracts/actor.ts'
import type { Deps } from '../deps.ts'

export async function accountNames(deps: Deps, call: Call, accountIds: Iterable<string>): Promise<ReadonlyMap<string, string>> {
  const accounts = await Promise.all(Array.from(new Set(accountIds), (accountId) => deps.core.getAccount({ params: { accountId } }, call)))
  return new Map(accounts.map(({ id, name }) => [id, name]))
}
