import type { Call } from '@pe/contracts/actor.ts'
import { addDays, dateOfDay, dayNumber, later, type PlainDate } from '@pe/finance/time/plain-date.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { LoadedBook } from '../books/loaded-book.ts'
import type { Deps } from '../deps.ts'
import { accountScope, portfolioScope } from '../scopes/asked-scope.ts'
import { firstDayOf } from '../scopes/figure-period.ts'
import type { FigureScope } from '../scopes/figure-scope.ts'
import { removeYearsOutside, saveDays } from '../store/daily-valuation.ts'
import type { ScopeKind } from '../store/tables.ts'
import { findScope, lockScope, removeScope, saveScope, type ValuedScope } from '../store/valued-scope.ts'

/** The job that brings one account or portfolio up to date; marks of the last moments fold into one run. */
export const revalueJob = 'revalue'

export interface ScopeToValue {
  readonly kind: ScopeKind
  readonly id: string
}

/**
 * Brings the stored days of one account or portfolio up to date and says from which day on they differ. Marks that arrive meanwhile leave
 * the scope dirty: each of them brought a job of its own. Safe to run twice.
 */
export async function revalue(deps: Deps, call: Call, { kind, id }: ScopeToValue): Promise<void> {
  const { organisationId } = call.actor
  const act = { call, action: 'valuation.revalue', subject: `${kind}:${id}` }
  const stored = await findScope(deps.db, organisationId, id)
  if (!stored) return
  const scope = await scopeOf(deps, call, kind, id)
  if (!scope) return deps.db.write(act, (tx) => removeScope(tx, organisationId, id))
  // All days of a book that was just imported: who imported it asks for its figures now, and comes first.
  if (stored.lastDay === null) await deps.quiet()
  const book = await deps.books.read(call, scope.accountIds, scope.currency)
  const span = spanOf(book, scope, deps.clock.today(call.actor.timeZone))
  const valued = span && deps.valuer.value(organisationId, book, scope, 'minorUnit', dayNumber(span.first), dayNumber(span.last))

  await deps.db.write(act, async (tx) => {
    const now = await lockScope(tx, organisationId, id)
    if (!now) return
    await removeYearsOutside(tx, organisationId, id, span)
    const from = span && staleFrom(now, stored, scope, span)
    if (valued && from !== null) await saveDays(tx, organisationId, id, valued.valuation, dayNumber(from))
    await saveScope(tx, organisationId, {
      id,
      marks: stored.marks,
      currency: scope.currency,
      accountIds: scope.accountIds,
      instrumentIds: [...book.parts.instruments.keys()],
      needsRates: book.currencies.size > 1,
      bookVersions: book.parts.ledger.versions,
      firstDay: span?.first ?? null,
      lastDay: span?.last ?? null,
    })
    if (!valued || from === null) return
    await tx.announce('valuation-changed', `${organisationId}:${id}`, {
      ...(kind === 'account' ? { accountId: id } : { portfolioId: id }),
      effectiveFrom: from,
      days: dayNumber(span.last) - dayNumber(from) + 1,
      instruments: valued.instruments,
    })
  })
}

/** Null when the account or portfolio is no more. */
async function scopeOf(deps: Deps, call: Call, kind: ScopeKind, id: string): Promise<FigureScope | null> {
  try {
    return await (kind === 'account' ? accountScope(deps, call, id, {}) : portfolioScope(deps, call, id, {}))
  } catch (thrown) {
    if (thrown instanceof Refused && thrown.code === 'not_found') return null
    throw thrown
  }
}

interface Span {
  readonly first: PlainDate
  readonly last: PlainDate
}

/** From the day before the first transaction to today; null while there is none. */
function spanOf(book: LoadedBook, scope: FigureScope, today: PlainDate): Span | null {
  const first = firstDayOf(book, scope)
  return first === null ? null : { first: addDays(first, -1), last: later(first, today) }
}

/** The first stored day that may be wrong, or is not there yet; null when every day stands. */
function staleFrom(now: ValuedScope, read: ValuedScope, scope: FigureScope, span: Span): PlainDate | null {
  const { firstDay, lastDay, currency } = read
  const startsElsewhere = span.first !== firstDay || currency !== scope.currency
  if (startsElsewhere || lastDay === null || span.last < lastDay) return span.first
  const missing = lastDay < span.last ? dateOfDay(dayNumber(lastDay) + 1) : null
  const dirty = now.dirtyFrom === null ? null : later(now.dirtyFrom, span.first)
  if (dirty === null || missing === null) return dirty ?? missing
  return dirty < missing ? dirty : missing
}
