import { type Caller, headersOf } from './caller.ts'
import type { Wish } from './writer.ts'

interface Recorded {
  readonly id: string
  readonly note: string
}

/** What the server holds against what its clients know; each line is something wrong. */
export async function compareBooks(caller: Caller, wishes: readonly Wish[]): Promise<string[]> {
  const recorded = await journalOf(caller)
  const byNote = Map.groupBy(recorded, ({ note }) => note)
  const wished = new Set(wishes.map(({ key }) => key))
  const wrong = recorded.filter(({ note }) => !wished.has(note)).map(({ id }) => `transaction ${id} was sent by no client`)
  for (const { key, transactionId } of wishes) {
    const found = byNote.get(key) ?? []
    if (transactionId === undefined) wrong.push(`key ${key} was never acknowledged`)
    else if (found.length !== 1) wrong.push(`key ${key} was acknowledged and stands ${found.length} times`)
    else if (found[0]?.id !== transactionId) wrong.push(`key ${key} was acknowledged as ${transactionId}, but stands as ${found[0]?.id}`)
  }
  for (const [accountId, own] of Map.groupBy(wishes, (wish) => wish.accountId))
    wrong.push(...(await comparePosition(caller, accountId, own)))
  return wrong
}

/** Units and cash of an account against sums in hundredths, which are exact. */
async function comparePosition(caller: Caller, accountId: string, wishes: readonly Wish[]): Promise<string[]> {
  const { positions, cash } = await get<{ positions: { quantity: string }[]; cash: { balance: { amount: string } }[] }>(
    caller,
    `/accounts/${accountId}/positions`,
  )
  const buys = wishes.filter(({ body }) => body.kind === 'buy').length
  const hundredths = wishes.reduce((sum, { body }) => sum + (body.kind === 'buy' ? -1 : 1) * Math.round(Number(body.amount) * 100), 0)
  const [held, money] = [Number(positions[0]?.quantity ?? 0), Math.round(Number(cash[0]?.balance.amount ?? 0) * 100)]
  const wrong: string[] = []
  if (held !== buys) wrong.push(`account ${accountId} holds ${held} units, but ${buys} were acknowledged`)
  if (money !== hundredths)
    wrong.push(`account ${accountId} holds ${money} hundredths, but ${hundredths} follow from what was acknowledged`)
  return wrong
}

async function journalOf(caller: Caller): Promise<Recorded[]> {
  const all: Recorded[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const query = new URLSearchParams({ limit: '1000', ...(cursor === '' ? {} : { cursor }) })
    const page: { items: Recorded[]; next: string | null } = await get(caller, `/transactions?${query}`)
    all.push(...page.items)
    cursor = page.next
  }
  return all
}

async function get<T>(caller: Caller, path: string): Promise<T> {
  const response = await fetch(`${caller.api}${path}`, { headers: headersOf(caller) })
  if (!response.ok) throw new Error(`${path} answered ${response.status}`)
  return (await response.json()) as T
}
