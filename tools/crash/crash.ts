import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { compareBooks } from './book-of-the-clients.ts'
import { type Caller, headersOf } from './caller.ts'
import { ServerToKill, type Victim, victims } from './server-to-kill.ts'
import { Writer } from './writer.ts'

export interface Crashes {
  readonly rounds: number
  readonly acknowledged: number
  /** Milliseconds from each kill to the first write that began after the killed was back and was acknowledged. */
  readonly readyAgain: readonly { readonly victim: Victim; readonly milliseconds: number }[]
  /** Nothing may stand here. */
  readonly wrong: readonly string[]
}

const writers = 8
/** Of the writers, on one account. */
const together = 4
const writingMilliseconds = 400

/**
 * Eight clients write while the server, its database, or both are killed in turn; then what the server holds is compared with what its
 * clients know, and its chains and positions are proved. kill -9 keeps what the system has cached: this is no power cut.
 */
export async function crash(rounds: number, say: (sentence: string) => void): Promise<Crashes> {
  const folder = await mkdtemp(join(tmpdir(), 'pe-crash-'))
  // As root, the database runs under another account, which must get through.
  await chmod(folder, 0o711)
  const server = await ServerToKill.start(join(folder, 'data'))
  const waiting = new Set<{ since: number; done: () => void }>()
  const acknowledged = (began: number) => {
    for (const one of waiting) if (began >= one.since) one.done()
  }
  try {
    const caller: Caller = { api: server.api, key: await server.makeKey() }
    const targets = await accountsFor(caller)
    const crew = targets.map((target) => new Writer(caller, target, acknowledged))
    const work = Promise.all(crew.map((writer) => writer.run()))
    const readyAgain: { victim: Victim; milliseconds: number }[] = []
    for (let round = 0; round < rounds; round += 1) {
      await pause(writingMilliseconds)
      const victim = victims[round % victims.length] ?? 'node'
      const began = performance.now()
      await server.kill(victim)
      const since = performance.now()
      await new Promise<void>((resolve) => {
        const one = { since, done: () => waiting.delete(one) && resolve() }
        waiting.add(one)
      })
      const milliseconds = performance.now() - began
      readyAgain.push({ victim, milliseconds })
      say(`round ${round + 1}: ${victim} killed, ready again after ${(milliseconds / 1000).toFixed(1)} s`)
    }
    for (const writer of crew) writer.finish()
    await work
    for (const writer of crew) await writer.replay()
    const wishes = crew.flatMap((writer) => writer.wishes)
    const wrong = [...crew.flatMap((writer) => writer.wrong), ...(await compareBooks(caller, wishes))]
    await server.stop()
    const proof = await server.command('verify')
    if (proof.code !== 0) wrong.push(`pe verify: ${proof.out}`)
    say(proof.out.trim())
    return { rounds, acknowledged: wishes.length, readyAgain, wrong }
  } finally {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Half of the writers share one account; the others have one each. */
async function accountsFor(caller: Caller) {
  const instrument = await post<{ id: string }>(caller, '/instruments', { name: 'Crash', kind: 'stock', currency: 'EUR' })
  const accounts: string[] = []
  for (let at = 0; at <= writers - together; at += 1)
    accounts.push((await post<{ id: string }>(caller, '/accounts', { name: `Account ${at}`, currency: 'EUR' })).id)
  return Array.from({ length: writers }, (_, at) => ({
    accountId: accounts[Math.max(0, at - together + 1)] ?? '',
    instrumentId: instrument.id,
    date: '2026-01-05',
  }))
}

async function post<T>(caller: Caller, path: string, body: unknown): Promise<T> {
  const response = await fetch(`${caller.api}${path}`, { method: 'POST', headers: headersOf(caller), body: JSON.stringify(body) })
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
  return (await response.json()) as T
}
