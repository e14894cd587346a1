import { dateIn } from '@pe/finance/time/instant.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { AuthDeps } from '../auth-deps.ts'

/** Refuses a zone that IANA does not know. */
export function orRefuseTimeZone({ clock }: AuthDeps, timeZone: string): void {
  try {
    dateIn(timeZone, clock.now())
  } catch (trouble) {
    throw new Refused('bad_request', 'there is no such time zone', [{ path: '/timeZone', detail: 'is no IANA time zone' }], trouble)
  }
}
