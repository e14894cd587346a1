import type { StandIns } from '@pe/contracts/batches.ts'

/** The instruments that were made since rows were judged, by the ids that stood for them; null where one id stands for two. */
export function madeOf(standIns: StandIns): Map<string, string> | null {
  const made = new Map<string, string>()
  for (const { standIn, instrumentId } of standIns) {
    if ((made.get(standIn) ?? instrumentId) !== instrumentId) return null
    made.set(standIn, instrumentId)
  }
  return made
}
