import { localOwner } from '@pe/contracts/actor.ts'
import type { AuthDeps } from '../auth-deps.ts'
import { networkOf } from '../sign-in/network-of.ts'
import { nobody } from '../sign-in/people-calls.ts'
import { addCounts, type DenialCount } from '../store/denial-counts.ts'

export interface Denial {
  /** Null for callers whom nobody knows. */
  readonly organisationId: string | null
  readonly userId: string | null
  readonly code: string
  readonly address: string
  readonly at: string
  readonly count: number
}

/** What callers do whom nobody knows stands in the log of the house. Counts denials by caller, network and minute, until the minute goes into the audit log as one line (settle-denials.ts). */
export async function countDenials(auth: AuthDeps, denials: readonly Denial[]): Promise<void> {
  const counts = new Map<string, DenialCount>()
  for (const { organisationId, userId, code, address, at, count } of denials) {
    const place = {
      organisationId: organisationId ?? localOwner.organisationId,
      userId: userId ?? nobody,
      address: networkOf(address),
      minute: `${new Date(at).toISOString().slice(0, 16)}Z`,
      code: wordOf(code),
    }
    const key = Object.values(place).join(' ')
    counts.set(key, { ...place, count: (counts.get(key)?.count ?? 0) + count })
  }
  if (counts.size > 0) await addCounts(auth.db.sql, [...counts.values()])
}

/** A word of ours; whatever else came along stays out of the log. */
export function wordOf(text: string): string {
  return /^[\w.-]{1,100}$/.test(text) ? text : 'unknown'
}
