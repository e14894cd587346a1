import { step } from '@pe/finance/explain/steps.ts'
import type { Trail } from '@pe/finance/explain/trail.ts'
import { Decimal } from '@pe/finance/money/decimal.ts'

/** A share of two exact amounts: one division, then a statistic. Null where an input is, or nothing stands below the line. */
export function share(figure: string, part: Trail, whole: Trail): Trail {
  const inputs = [part, whole]
  if (part.value === null || whole.value === null) return unknownShare(figure, inputs, reasonOf(part) ?? reasonOf(whole) ?? 'nothing-held')
  const [above, below] = [part, whole].map(({ value }) => Decimal.parse(String(value))) as [Decimal, Decimal]
  if (below.isZero()) return unknownShare(figure, inputs, 'nothing-held')
  return { figure, value: above.ratio(below).toNumber(), op: 'quotient', inputs }
}

/** What stands below the line of a ratio of gain: the cost, as a positive amount also of what was sold short. */
export function magnitude(figure: string, amount: Trail): Trail {
  if (typeof amount.value !== 'string' || !amount.value.startsWith('-')) return amount
  return step(figure, 'negation', [amount], { unit: amount.unit })
}

function unknownShare(figure: string, inputs: readonly Trail[], reason: string): Trail {
  return { figure, value: null, op: 'unknown', inputs, parameters: { reason } }
}

/** Why a part of a trail is unknown, as far down as it says so. */
function reasonOf(trail: Trail): string | undefined {
  if (typeof trail.parameters?.reason === 'string') return trail.parameters.reason
  for (const input of trail.inputs) {
    const reason = input.value === null ? reasonOf(input) : undefined
    if (reason) return reason
  }
  return undefined
}
