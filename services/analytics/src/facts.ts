import type { Fact, FactBody, FactName } from '@pe/contracts/facts.ts'
import type { PlainDate } from '@pe/finance/time/plain-date.ts'
import type { WriteTx } from '@pe/platform/db/database.ts'
import type { JobQueue, Subscription } from '@pe/platform/service.ts'
import { ratesSeries } from './books/book-reader.ts'
import { countChange } from './store/series-version.ts'
import type { AnalyticsTables } from './store/tables.ts'
import { type Concerned, fromTheBeginning, markConcerned, markScope } from './store/valued-scope.ts'
import { revalueJob, type ScopeToValue } from './valuations/revalue.ts'

type Tx = WriteTx<AnalyticsTables>

/** What this service hears: each fact marks days as no longer certain, and asks for their revaluation, or has no effect at all. */
export function subscriptionsOf(queue: JobQueue): readonly Subscription<AnalyticsTables>[] {
  const ask = async (tx: Tx, organisationId: string, scopes: readonly ScopeToValue[]): Promise<void> => {
    const { asked } = batchOf(tx)
    for (const { kind, id } of scopes) {
      if (asked.has(id)) continue
      asked.add(id)
      await queue.add(revalueJob, { kind, id }, { key: `${revalueJob}:${organisationId}:${id}`, tx })
    }
  }
  const markAll = async (tx: Tx, organisationId: string, concerned: Concerned, from: PlainDate): Promise<void> =>
    ask(tx, organisationId, await markConcerned(tx, organisationId, concerned, from))
  const markOne = async (tx: Tx, organisationId: string, scope: ScopeToValue, from: PlainDate): Promise<void> => {
    await markScope(tx, organisationId, scope, from)
    await ask(tx, organisationId, [scope])
  }
  return [
    hears('transaction-recorded', async ({ accountId, effectiveFrom }, organisationId, tx) => {
      if (isMarked(tx, accountId, effectiveFrom)) return
      await markOne(tx, organisationId, { kind: 'account', id: accountId }, effectiveFrom)
      await markAll(tx, organisationId, { account: accountId }, effectiveFrom)
    }),
    hears('account-changed', ({ accountId }, organisationId, tx) =>
      markOne(tx, organisationId, { kind: 'account', id: accountId }, fromTheBeginning),
    ),
    hears('portfolio-changed', ({ portfolioId }, organisationId, tx) =>
      markOne(tx, organisationId, { kind: 'portfolio', id: portfolioId }, fromTheBeginning),
    ),
    hears('closes-recorded', async ({ instrumentId, effectiveFrom }, organisationId, tx) => {
      await countChange(tx, organisationId, instrumentId)
      await markAll(tx, organisationId, { instrument: instrumentId }, effectiveFrom)
    }),
    hears('instrument-changed', async ({ instrumentId }, organisationId, tx) => countChange(tx, organisationId, instrumentId)),
    hears('rates-recorded', async ({ effectiveFrom }, organisationId, tx) => {
      await countChange(tx, organisationId, ratesSeries)
      await markAll(tx, organisationId, { rates: true }, effectiveFrom)
    }),
    // An undone import takes accounts, portfolios and closes away at once.
    hears('import-undone', (_, organisationId, tx) => markAll(tx, organisationId, { everything: true }, fromTheBeginning)),
  ]
}

/**
 * What the facts that are heard in one database transaction have marked and asked for: all of it is seen at once when it ends, so a second
 * mark from no earlier day and a second job would say nothing.
 */
interface Batch {
  readonly markedFrom: Map<string, PlainDate>
  readonly asked: Set<string>
}

const batches = new WeakMap<object, Batch>()

function batchOf({ sql }: Tx): Batch {
  const batch = batches.get(sql) ?? { markedFrom: new Map(), asked: new Set() }
  batches.set(sql, batch)
  return batch
}

/** Whether a fact of the batch has marked the account from that day or an earlier one; else it counts as marked from now on. */
function isMarked(tx: Tx, accountId: string, from: PlainDate): boolean {
  const { markedFrom } = batchOf(tx)
  const before = markedFrom.get(accountId)
  if (before !== undefined && before <= from) return true
  markedFrom.set(accountId, from)
  return false
}

function hears<N extends FactName>(
  name: N,
  react: (body: FactBody<N>, organisationId: string, tx: Tx) => Promise<void>,
): Subscription<AnalyticsTables> {
  return { fact: name, hear: (fact, tx) => react((fact as Fact<N>).body, fact.organisationId, tx) }
}
