import type { Account } from '@pe/contracts/accounts.ts'
import { addDays } from '@pe/finance/time/plain-date.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import { apple, type CoreUnderTest, vwce } from '../core-service.ts'
import { mayOwe, type Stated } from './book.ts'
import { paidPerUnit } from './held.ts'
import { actionIds, first } from './market.ts'
import type { Command } from './model.ts'

/** A command that was carried out or refused, and when: moments are counted, not clocked. */
export interface Done {
  readonly command: Command
  readonly refusal: string | null
  readonly traceId: string
  readonly began: number
  readonly ended: number
}

export interface Run {
  readonly accountIds: readonly string[]
  readonly done: readonly Done[]
  /** Commands in the order of their announcements; every account that one changed, with the version that it gave the book. */
  readonly versions: ReadonlyMap<string, ReadonlyMap<string, number>>
}

const accounts = 3

/** Lets so many writers loose on three accounts of their own, all at once. */
export async function runWriters(test: CoreUnderTest, seed: number, writers: number, commands: number): Promise<Run> {
  const chance = chanceOf(seed)
  const opened: Account[] = []
  for (let n = 0; n < accounts; n++) opened.push(await test.account(n === mayOwe ? { allowsShort: true } : {}))
  const accountIds = opened.map(({ id }) => id)
  const { rows } = await test.look.query<{ last: string }>('select coalesce(max(seq), 0)::text as last from outbox')
  const [known, imports, applications, done]: [{ id: string; account: number }[], string[], string[], Done[]] = [[], [], [], []]
  let moment = 0

  const bodyOf = ({ kind, to, instrumentId, units, onDay }: Stated) => ({
    kind,
    date: addDays(first, onDay),
    instrumentId,
    quantity: `${units}`,
    amount: `${units * paidPerUnit}`,
    ...(kind === 'transfer' && to !== null ? { toAccountId: accountIds[to] ?? '' } : {}),
  })
  const statedBy = (): Stated => {
    const kind = (['buy', 'buy', 'buy', 'sell', 'sell', 'transfer'] as const)[chance(6)] ?? 'buy'
    const account = chance(accounts)
    const to = kind === 'transfer' ? (account + 1 + chance(accounts - 1)) % accounts : null
    return { kind, account, to, instrumentId: chance(4) === 0 ? apple : vwce, units: 1 + chance(4), onDay: chance(3) }
  }

  const carryOut = async (): Promise<void> => {
    const call = test.callAs({})
    const stated = statedBy()
    const target = known[chance(Math.max(1, known.length))]
    const turn = chance(26)
    const began = moment++
    const note = (command: Command, refusal: string | null) =>
      done.push({ command, refusal, traceId: call.traceId, began, ended: moment++ })
    const attempt = async (command: Command, act: () => Promise<Command>): Promise<void> => {
      try {
        note(await act(), null)
      } catch (thrown) {
        if (!(thrown instanceof Refused)) throw thrown
        note(command, thrown.code)
      }
    }
    const accountId = accountIds[stated.account] ?? ''
    if (turn < 9 || !target) {
      const command: Command = { what: 'record', id: '', stated }
      return attempt(command, async () => {
        const { transaction } = await test.served.recordTransaction({ params: { accountId }, body: bodyOf(stated) }, call)
        known.push({ id: transaction.id, account: stated.account })
        return { ...command, id: transaction.id }
      })
    }
    if (turn < 12) {
      const kept = { ...stated, account: target.account, to: stated.to === null ? null : (target.account + 1) % accounts }
      const command: Command = { what: 'replace', target: target.id, id: '', stated: kept }
      return attempt(command, async () => {
        const input = { params: { transactionId: target.id }, body: { transaction: bodyOf(kept) }, ifMatch: 1 }
        const { transaction } = await test.core.replaceTransaction(input, call)
        known.push({ id: transaction.id, account: target.account })
        return { ...command, id: transaction.id }
      })
    }
    if (turn < 15) {
      const command: Command = { what: 'void', target: target.id }
      return attempt(command, async () => {
        await test.core.voidTransaction({ params: { transactionId: target.id }, body: {}, ifMatch: 1 }, call)
        return command
      })
    }
    if (turn < 17) {
      const command: Command = { what: 'reinstate', target: target.id, id: '' }
      return attempt(command, async () => {
        const { transaction } = await test.core.reinstateTransaction({ params: { transactionId: target.id }, body: {} }, call)
        known.push({ id: transaction.id, account: target.account })
        return { ...command, id: transaction.id }
      })
    }
    if (turn < 21) {
      const actionId = actionIds[chance(actionIds.length)] ?? ''
      const own = chance(2) === 0 ? [stated.account] : [stated.account, (stated.account + 1 + chance(accounts - 1)) % accounts]
      const command: Command = { what: 'apply', id: '', actionId, accounts: own }
      return attempt(command, async () => {
        const body = { accounts: own.map((account) => ({ accountId: accountIds[account] ?? '' })) }
        const { id } = await test.core.applyAction({ params: { actionId }, body }, call)
        applications.push(id)
        return { ...command, id }
      })
    }
    const applicationId = applications[chance(Math.max(1, applications.length))]
    if (turn < 23 && applicationId !== undefined) {
      const command: Command = { what: 'take-back', applicationId }
      return attempt(command, async () => {
        await test.core.undoActionApplication({ params: { applicationId }, body: {} }, call)
        return command
      })
    }
    const undone = imports[chance(Math.max(1, imports.length))]
    if (turn < 25 || undone === undefined) {
      const importId = test.deps.ids.next()
      const kinds = chance(2) === 0 ? (['buy', 'buy', 'sell'] as const) : (['sell', 'sell'] as const)
      const rows = kinds.map((kind, at): Stated => ({ ...(at === 0 ? stated : statedBy()), kind, to: null }))
      const command: Command = { what: 'batch', importId, stated: rows }
      return attempt(command, async () => {
        const transactions = rows.map((one, at) => {
          const { toAccountId: _, ...body } = { toAccountId: undefined, ...bodyOf(one) }
          return { ...body, state: 'posted' as const, accountKey: `${one.account}`, sourceKey: `${importId} ${at}`, row: at + 1 }
        })
        const own = opened.map(({ id, name }, at) => ({ key: `${at}`, accountId: id, account: { name, currency: 'EUR' } }))
        const body = { importId, dryRun: false, skipRefused: false, accounts: own, transactions }
        await test.core.recordBatch({ body }, call)
        imports.push(importId)
        return command
      })
    }
    const command: Command = { what: 'undo', importId: undone }
    return attempt(command, async () => {
      await test.core.undoBatch({ params: { importId: undone }, body: {} }, call)
      return command
    })
  }

  let left = commands
  const writer = async (): Promise<void> => {
    while (left-- > 0) await carryOut()
  }
  await Promise.all(Array.from({ length: writers }, writer))
  return { accountIds, done, versions: await versionsSince(test, rows[0]?.last ?? '0') }
}

async function versionsSince(test: CoreUnderTest, since: string): Promise<Run['versions']> {
  const { rows } = await test.look.query<{ trace: string; account: string; version: number }>(
    `select trace_id as trace, body->>'accountId' as account, (body->>'version')::int as version
     from outbox where seq > $1::bigint and name = 'transaction-recorded' order by seq`,
    [since],
  )
  const versions = new Map<string, Map<string, number>>()
  for (const { trace, account, version } of rows) versions.set(trace, (versions.get(trace) ?? new Map()).set(account, version))
  return versions
}

/** Small numbers from a seed, the same on every run. */
function chanceOf(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}
