import type { Log } from '../log/log.ts'

const everyMilliseconds = 60_000

/** Runs work every minute, one run after the other, and once more when it is stopped. Trouble is told and tried again with the next minute. */
export function everyMinute(log: Log, action: string, work: () => Promise<unknown>): { stop(): Promise<void> } {
  let running = Promise.resolve()
  const run = () => {
    running = running.then(work).then(
      () => {},
      (trouble: unknown) => log.error({ action, status: 'failure' }, trouble),
    )
    return running
  }
  const timer = setInterval(run, everyMilliseconds)
  timer.unref()
  return {
    async stop() {
      clearInterval(timer)
      await run()
    },
  }
}
