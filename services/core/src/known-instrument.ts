import type { Call } from '@pe/contracts/actor.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { CoreDeps } from './core-deps.ts'

/** Refuses `instrument_missing` for an instrument that market does not know. */
export async function orRefuseInstrument(core: CoreDeps, call: Call, instrumentId: string | undefined): Promise<void> {
  const { organisationId } = call.actor
  if (instrumentId === undefined || core.instruments.has(organisationId, instrumentId)) return
  try {
    await core.market.getInstrument({ params: { instrumentId } }, call)
    core.instruments.add(organisationId, instrumentId)
  } catch (thrown) {
    if (thrown instanceof Refused && thrown.code === 'not_found') {
      throw new Refused('instrument_missing', `there is no instrument ${instrumentId}`)
    }
    throw thrown
  }
}
