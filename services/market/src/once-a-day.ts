import type { PlainDate } from '@pe/finance/time/plain-date.ts'
import type { Clock } from '@pe/platform/clock/clock.ts'
import { Refused } from '@pe/platform/http/refused.ts'

/** Where a day begins first: a market may have closed on a day that has not begun where the person is. */
const firstZone = 'Pacific/Kiritimati'

interface Given {
  readonly date: PlainDate
  /** For a person: 'a close', 'a rate EUR/USD'. */
  readonly what: string
}

/**
 * Refuses what somebody states for a day that has not begun anywhere (`date_in_future`), and two values of one thing and day, of which nobody
 * could say which one is meant (`day_given_twice`).
 */
export function orRefuseDays(clock: Clock, all: readonly Given[]): void {
  const today = clock.today(firstZone)
  const seen = new Set<string>()
  for (const { date, what } of all) {
    if (date > today) {
      const detail = `${what} of ${date} lies in the future: nothing is known of days after ${today}`
      throw Refused.of({ code: 'date_in_future', detail, facts: { case: 'value', date, today } })
    }
    const key = `${what} ${date}`
    if (seen.has(key)) {
      const detail = `${what} of ${date} is given twice: say which one is meant`
      throw Refused.of({ code: 'day_given_twice', detail, facts: { date } })
    }
    seen.add(key)
  }
}
