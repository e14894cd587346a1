import { Refused } from '@pe/platform/http/refused.ts'

/**
 * Whether others were quicker between judging a batch and recording it: they closed a period, or opened an account or the portfolio that it
 * was about to open (what is not there yet cannot be locked). Judged again, its rows say so, and find the accounts standing.
 */
export function isOvertaken(trouble: unknown): boolean {
  return trouble instanceof Refused && (trouble.code === 'period_closed' || trouble.code === 'name_taken')
}
