import type { StandIns } from '@pe/contracts/batches.ts'

/**
 * What the ids that rows were judged with are called by now; both by the file's keys. Null where one of them is two by now (an instrument
 * lost the symbol that the file knows it by), or two are one: then the rows are to be judged again.
 */
export function renamedInstruments(
  judged: ReadonlyMap<string, string>,
  now: ReadonlyMap<string, string | null | undefined>,
): StandIns | null {
  const [nameOf, judgedAs] = [new Map<string, string>(), new Map<string, string>()]
  for (const [key, standIn] of judged) {
    const instrumentId = now.get(key)
    if (!instrumentId) return null
    if ((nameOf.get(standIn) ?? instrumentId) !== instrumentId || (judgedAs.get(instrumentId) ?? standIn) !== standIn) return null
    nameOf.set(standIn, instrumentId)
    judgedAs.set(instrumentId, standIn)
  }
  return Array.from(nameOf, ([standIn, instrumentId]) => ({ standIn, instrumentId })).filter(
    ({ standIn, instrumentId }) => standIn !== instrumentId,
  )
}
