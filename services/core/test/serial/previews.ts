import { Refused } from '@pe/platform/http/refused.ts'
import type { CoreUnderTest } from '../core-service.ts'
import type { Book } from './book.ts'
import { heldIn } from './held.ts'
import { actionIds, corporateActions } from './market.ts'
import { after } from './model.ts'

/** For each account one corporate action, taken in turn: what its preview shows, or why it is refused, against the model. */
export async function unlikePreview(test: CoreUnderTest, accountIds: readonly string[], book: Book): Promise<string | null> {
  for (const [account, accountId] of accountIds.entries()) {
    const actionId = actionIds[(book.entries.length + account) % actionIds.length] ?? ''
    const shown = await preview(test, actionId, accountId)
    const expected = expectedOf(book, actionId, account)
    if (shown !== expected)
      return `previewing ${corporateActions.get(actionId)?.kind} for account ${account} shows ${shown}, not ${expected}`
  }
  return null
}

async function preview(test: CoreUnderTest, actionId: string, accountId: string): Promise<string> {
  try {
    const { effects } = await test.core.previewAction({ params: { actionId }, body: { accounts: [{ accountId }] } }, test.call)
    const { positions = [], cash = [] } = effects[0]?.after ?? {}
    const units = positions.map(({ instrumentId, quantity }) => `${instrumentId} ${quantity}`)
    return told([...units, ...cash.map(({ amount, currency }) => `${currency} ${amount}`)])
  } catch (thrown) {
    if (!(thrown instanceof Refused)) throw thrown
    return thrown.code
  }
}

/** The instruments that the action names, and the cash, at the end of its day. */
function expectedOf(book: Book, actionId: string, account: number): string {
  const next = after(book, { what: 'apply', id: 'previewed', actionId, accounts: [account] })
  const terms = corporateActions.get(actionId)
  if (typeof next === 'string' || !terms) return String(next)
  const named = [terms.instrumentId, terms.intoInstrumentId, terms.currency]
  const all = [...heldIn(next, terms.exDate)].map(([key, amount]) => ({ key, unit: key.split(' ')[1], amount }))
  return told(
    all.filter(({ key, unit }) => key.startsWith(`${account} `) && named.includes(unit)).map(({ unit, amount }) => `${unit} ${amount}`),
  )
}

function told(all: readonly string[]): string {
  return all
    .filter((one) => !one.endsWith(' 0'))
    .sort()
    .join(', ')
}
