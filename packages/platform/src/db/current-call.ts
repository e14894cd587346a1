import { AsyncLocalStorage } from 'node:async_hooks'
import type { Call } from '@pe/contracts/actor.ts'

interface Around {
  readonly call: Call | undefined
  /** Whose rows the database shows meanwhile. */
  readonly organisation: string
}

const current = new AsyncLocalStorage<Around>()

/** What the policies of all tables know for every organisation (migrations/0003_rows-of-one-organisation.sql). */
export const everyOrganisation = '*'
const noOrganisation = ''

/** Runs with the call that is being answered at hand: the database shows the rows of its organisation, and work put aside meanwhile keeps its trace. */
export function withCall<R>(call: Call, run: () => Promise<R>): Promise<R> {
  return current.run({ call, organisation: call.actor.organisationId }, run)
}

/**
 * Runs with the rows of all organisations at hand, for the few that look after the whole house: the relay, sweeps, seals, `pe verify`. Whoever
 * finds there that something is to be done for one organisation does it by a call of that one (`withCall`).
 */
export function acrossOrganisations<R>(run: () => Promise<R>): Promise<R> {
  return current.run({ call: currentCall(), organisation: everyOrganisation }, run)
}

export function currentCall(): Call | undefined {
  return current.getStore()?.call
}

/** Whose rows the database shows to the running code; without a call nobody's. */
export function organisationNow(): string {
  return current.getStore()?.organisation ?? noOrganisation
}
