import { convertedStep } from '../explain/converted-step.ts'
import { step } from '../explain/steps.ts'
import { type Explained, given, type Trail } from '../explain/trail.ts'
import type { LedgerTransaction } from '../ledger/transaction.ts'
import type { Decimal } from '../money/decimal.ts'
import type { Known } from '../prices/known.ts'
import type { PlainDate } from '../time/plain-date.ts'
import type { Book, ViewOptions } from './book.ts'
import { flowOf, flowsOf, totalOf } from './flows.ts'
import { reach, type Scope } from './scope.ts'

/** The external flows of a period, each with the transaction it comes from. */
export function explainFlows(
  book: Book,
  scope: Scope,
  from: PlainDate | null,
  to: PlainDate,
  options: ViewOptions,
): Explained<Known<Decimal>> {
  const total = totalOf(flowsOf(book, scope, from, to, options))
  const inputs: Trail[] = []
  for (const entry of book.between(from, to)) {
    const flow = flowOf(entry, book, scope, options)
    if (flow) inputs.push(flowTrail(entry, flow, book, scope, options))
  }
  return { value: total, trail: step('flows', 'sum', inputs, { unit: options.currency, stated: total }), warnings: [] }
}

/** What a flow is made of: the amount with its charges, converted; what crosses the border of a scope stands as it was valued. */
function flowTrail(entry: LedgerTransaction, flow: Known<Decimal>, book: Book, scope: Scope, options: ViewOptions): Trail {
  const source = { kind: 'transaction', id: entry.id, date: entry.date } as const
  const { amount, fee, tax, currency } = entry
  const whole = scope.instrumentId !== undefined
  if (entry.kind === 'transfer' || entry.kind === 'conversion' || (!whole && reach(entry, scope) === 'crossing'))
    return given('flow', flow.known ? flow.value.toString() : null, { unit: options.currency, source })
  const part = (figure: string, value: Decimal): Trail => given(figure, value.toString(), { unit: currency, source })
  const outgoing = ['withdrawal', 'delivery-out', 'sell', 'return-of-capital', 'dividend', 'interest', 'fee-refund'].includes(entry.kind)
  const gross = part('transaction.amount', outgoing ? amount.negated() : amount)
  const charges = whole ? [part('transaction.fee', fee)] : [part('transaction.fee', fee), part('transaction.tax', tax)]
  const taken = whole || entry.kind.startsWith('delivery') ? charges.filter((charge) => charge.value !== '0') : []
  const inCurrency = taken.length > 0 ? step('flow.amount', 'sum', [gross, ...taken], { unit: currency }) : gross
  const way = { from: currency, to: options.currency, date: entry.date, recorded: entry.rate, transactionId: entry.id, stated: flow }
  return convertedStep(book.converter(options), { figure: 'flow', amount: inCurrency, ...way })
}
