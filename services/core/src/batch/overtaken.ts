import { Refused } from '@pe/platform/http/refused.ts'

/** Whether others were quicker between judging a batch and recording it: they closed a period. Judged again, its rows say so. */
export function isOvertaken(trouble: unknown): boolean {
  return trouble instanceof Refused && trouble.code === 'period_closed'
}
