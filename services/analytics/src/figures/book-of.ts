import type { Call } from '@pe/contracts/actor.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { LoadedBook } from '../books/loaded-book.ts'
import type { Deps } from '../deps.ts'
import type { FigureScope } from '../scopes/figure-scope.ts'

/** The book of a scope: of an instrument only what concerns it. */
export async function bookOf(deps: Deps, call: Call, scope: FigureScope): Promise<LoadedBook> {
  const book = await deps.books.read(call, scope.accountIds, scope.currency, scope.knownAt)
  if (scope.instrumentId === undefined) return book
  if (!book.parts.instruments.has(scope.instrumentId)) throw new Refused('not_found', 'No transaction here names this instrument.')
  return book.ofInstrument(scope.instrumentId)
}
