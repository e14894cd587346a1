import { setTimeout as pause } from 'node:timers/promises'

/** Asks again every `every` ms until the answer is not undefined; undefined when `within` ms have passed. */
export async function waitFor<T>(ask: () => Promise<T | undefined>, within: number, every = 20): Promise<T | undefined> {
  const end = performance.now() + within
  for (;;) {
    const answer = await ask()
    if (answer !== undefined) return answer
    if (performance.now() >= end) return undefined
    await pause(every)
  }
}
