import { Refused } from '@pe/platform/http/refused.ts'

/** So many at once; others wait for their turn, and whoever finds too many waiting is turned away. */
export function inTurns({ atOnce, mostWaiting }: { atOnce: number; mostWaiting: number }): <R>(run: () => Promise<R>) => Promise<R> {
  let running = 0
  const waiting: (() => void)[] = []
  return async (run) => {
    if (running >= atOnce) {
      if (waiting.length >= mostWaiting) throw new Refused('unavailable', 'too many are signing in right now')
      // Whoever is done hands their place on.
      await new Promise<void>((go) => waiting.push(go))
    } else running += 1
    try {
      return await run()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running -= 1
    }
  }
}
