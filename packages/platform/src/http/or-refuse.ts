import type { Outcome } from '@pe/finance/outcome.ts'
import { Refused } from './refused.ts'

/** The accepted value of a rule, or its refusal thrown. */
export function orRefuse<T>(outcome: Outcome<T>): T {
  if (outcome.accepted) return outcome.value
  throw Refused.of(outcome.refusal)
}
