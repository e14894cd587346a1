import { everyMinute } from '@pe/platform/clock/every-minute.ts'
import { type Anchoring, anchorChains } from './anchors.ts'

/** Notes where the chains end, every minute and when it is stopped. */
export function keepAnchored(anchoring: Anchoring): { stop(): Promise<void> } {
  return everyMinute(anchoring.log, 'chain.anchor', () => anchorChains(anchoring))
}
