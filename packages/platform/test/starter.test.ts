import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

interface Started {
  readonly starter: ChildProcessByStdio<null, Readable, null>
  /** Everything both have said, once both have ended. */
  readonly said: Promise<string>
  readonly ended: Promise<unknown[]>
}

/** A starter and its child in a process group of their own, as a shell makes one; ready to be stopped. */
async function started(...args: string[]): Promise<Started> {
  const program = fileURLToPath(new URL('./starter.mjs', import.meta.url))
  const starter = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'inherit'], detached: true })
  const ended = once(starter, 'exit')
  const ready = once(starter.stdout, 'readable')
  await ready
  return { starter, said: text(starter.stdout), ended }
}

const heard = (said: string) => said.split('\n').filter((line) => line.startsWith('SIG'))

test('the exit code of the child is that of the starter', async () => {
  const { ended, said } = await started('at once')
  expect(await ended).toEqual([3, null])
  expect(await said).toMatch(/^ready/)
})

test('a signal to the starter is passed on', async () => {
  const { starter, ended, said } = await started('7')
  starter.kill('SIGTERM')
  expect(heard(await said)).toEqual(['SIGTERM'])
  expect(await ended).toEqual([7, null])
})

test('a Ctrl-C, which reaches both, is heard once', async () => {
  const { starter, ended, said } = await started('0')
  process.kill(-(starter.pid ?? 0), 'SIGINT')
  expect(heard(await said)).toEqual(['SIGINT'])
  expect(await ended).toEqual([0, null])
})

test('when the starter is killed, its child stops by itself', async () => {
  const { starter, said } = await started('0')
  starter.kill('SIGKILL')
  expect(heard(await said)).toEqual(['SIGTERM'])
})

test('a child that listens to no signal ends as it would alone', async () => {
  const { starter, ended } = await started('0', 'deaf')
  starter.kill('SIGTERM')
  expect(await ended).toEqual([128 + 15, null])
})
