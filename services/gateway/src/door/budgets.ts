import { bytes, type Route } from '@pe/contracts/route.ts'
import type { Budget } from '@pe/platform/limits/rate-limits.ts'

/** What kinds of request there are, for who counts them. */
export type RequestClass = 'sign-in' | 'read' | 'write' | 'import'

/** How often one principal may ask, by class of operation, and how often one address, whoever asks there. */
export interface Budgets extends Readonly<Record<RequestClass, Budget>> {
  readonly address: Budget
}

/** Far above what a person, a browser or a busy program does; wrong passwords have a much smaller budget of their own, in auth. */
export const usualBudgets: Budgets = {
  'sign-in': { burst: 300, perSecond: 5 },
  read: { burst: 10_000, perSecond: 2_000 },
  write: { burst: 10_000, perSecond: 2_000 },
  import: { burst: 500, perSecond: 5 },
  address: { burst: 20_000, perSecond: 4_000 },
}

export function classOf({ method, permission, body }: Route): RequestClass {
  if (method === 'GET') return 'read'
  if (permission === 'public' || permission === 'self') return 'sign-in'
  return body === bytes ? 'import' : 'write'
}
