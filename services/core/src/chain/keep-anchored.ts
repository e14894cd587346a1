import { type Anchoring, anchorChains } from './anchors.ts'

const everyMilliseconds = 60_000

/** Notes where the chains end, every minute and when it is stopped. Trouble is told and tried again with the next minute. */
export function keepAnchored(anchoring: Anchoring): { stop(): Promise<void> } {
  const { log } = anchoring
  let running = Promise.resolve()
  const anchor = () => {
    running = running
      .then(() => anchorChains(anchoring))
      .then(
        () => {},
        (trouble) => log.error({ action: 'chain.anchor', status: 'failure' }, trouble),
      )
    return running
  }
  const timer = setInterval(anchor, everyMilliseconds)
  timer.unref()
  return {
    async stop() {
      clearInterval(timer)
      await anchor()
    },
  }
}
