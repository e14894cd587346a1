import type { Call } from '@pe/contracts/actor.ts'
import type { MoneyFigure, RatioFigure } from '@pe/contracts/scalars.ts'
import type { Assignment, ObjectKind, Taxonomy } from '@pe/contracts/taxonomies.ts'
import type { TaxonomyPart, TaxonomyValues } from '@pe/contracts/taxonomy-values.ts'
import { Decimal } from '@pe/finance/money/decimal.ts'
import type { Known } from '@pe/finance/prices/known.ts'
import { KnownSum, sumKnown } from '@pe/finance/prices/known-sum.ts'
import { type ClassifiedPart, valueByNode } from '@pe/finance/taxonomy/value-by-node.ts'
import { type NodeWeight, unclassifiedWeight } from '@pe/finance/taxonomy/weights.ts'
import type { PlainDate } from '@pe/finance/time/plain-date.ts'
import { valueOn } from '@pe/finance/valuation/value.ts'
import type { LoadedBook } from '../books/loaded-book.ts'
import type { Deps } from '../deps.ts'
import { type FigureScope, scopeOfFinance } from '../scopes/figure-scope.ts'
import { accountNames } from './account-names.ts'
import { asKnownWarnings } from './as-known-warnings.ts'
import { bookOf } from './book-of.ts'
import { moneyFigure, shareFigure } from './known-figure.ts'
import type { FigureWarning } from './stale-warnings.ts'

interface HeldPart extends ClassifiedPart {
  readonly kind: ObjectKind
  readonly objectId: string
}

/** What stands in each node of a taxonomy on a day: what is held of each instrument, and the cash of each account, by their weights. */
export async function taxonomyValues(
  deps: Deps,
  call: Call,
  scope: FigureScope,
  asked: { readonly taxonomyId: string; readonly asOf?: PlainDate | undefined },
): Promise<TaxonomyValues> {
  const taxonomy = await deps.core.getTaxonomy({ params: { taxonomyId: asked.taxonomyId } }, call)
  const book = await bookOf(deps, call, scope)
  const today = deps.clock.today(call.actor.timeZone)
  const asOf = asked.asOf !== undefined && asked.asOf < today ? asked.asOf : today
  const parts = heldParts(book, scope, asOf, weightsOf(taxonomy.assignments))
  const { nodes, unclassified, total } = valueByNode(taxonomy.nodes, parts)
  const whole = sumKnown(parts.map(({ value }) => value).filter(({ known }) => known))
  const money = (amount: Known<Decimal>): MoneyFigure => moneyFigure(book, amount, scope.currency)
  const share = (amount: Known<Decimal>): RatioFigure => shareFigure(book, amount, whole, 'nothing-held')
  const names = await accountNames(
    deps,
    call,
    parts.filter(({ kind }) => kind === 'account').map(({ objectId }) => objectId),
  )
  return {
    asOf,
    currency: scope.currency,
    taxonomyId: taxonomy.id,
    taxonomyVersion: taxonomy.version,
    nodes: taxonomy.nodes.flatMap(({ id: nodeId }) => {
      const at = nodes.get(nodeId)
      return at ? [{ nodeId, own: money(at.own), value: money(at.subtree), share: share(at.subtree) }] : []
    }),
    unclassified: { value: money(unclassified), share: share(unclassified) },
    total: money(total),
    warnings: [...asKnownWarnings(scope), ...treeOfNow(scope, taxonomy)],
    parts: parts.toSorted(byValue).map(
      ({ kind, objectId, value, weights }): TaxonomyPart => ({
        kind,
        objectId,
        name: kind === 'instrument' ? book.instrument(objectId).name : (names.get(objectId) ?? objectId),
        value: money(value),
        unclassified: unclassifiedWeight(weights).toString(),
      }),
    ),
  }
}

/** Trees keep no earlier versions. */
function treeOfNow({ knownAt }: FigureScope, { name, version }: Taxonomy): FigureWarning[] {
  if (knownAt === undefined) return []
  const detail = `The classifications and weights of ${name} are those of now, in version ${version}.`
  return [{ code: 'taxonomy-as-known-now', facts: { name, version: String(version) }, detail }]
}

function weightsOf(assignments: Taxonomy['assignments']): (kind: ObjectKind, objectId: string) => readonly NodeWeight[] {
  const keyOf = (kind: ObjectKind, objectId: string): string => `${kind} ${objectId}`
  const byObject = Map.groupBy(assignments, ({ kind, objectId }: Assignment) => keyOf(kind, objectId))
  return (kind, objectId) =>
    (byObject.get(keyOf(kind, objectId)) ?? []).map(({ nodeId, weight }) => ({ nodeId, weight: Decimal.parse(weight) }))
}

/** Cash of one account in several currencies is one part. */
function heldParts(
  book: LoadedBook,
  scope: FigureScope,
  asOf: PlainDate,
  weightsFor: (kind: ObjectKind, objectId: string) => readonly NodeWeight[],
): HeldPart[] {
  const worth = valueOn(book.book, scopeOfFinance(scope), asOf, { currency: scope.currency, rounding: 'minorUnit' })
  const cash = new Map<string, KnownSum>()
  for (const { accountId, amount, value } of worth.balances) {
    if (amount.known && amount.value.isZero()) continue
    const sum = cash.get(accountId) ?? new KnownSum()
    cash.set(accountId, sum)
    sum.add(value)
  }
  const part = (kind: ObjectKind, objectId: string, value: Known<Decimal>): HeldPart => {
    return { key: `${kind} ${objectId}`, kind, objectId, value, weights: weightsFor(kind, objectId) }
  }
  return [
    ...worth.positions
      .filter(({ units }) => !units.isZero())
      .map(({ instrumentId, marketValue }) => part('instrument', instrumentId, marketValue)),
    ...Array.from(cash, ([accountId, sum]) => part('account', accountId, sum.value)),
  ]
}

function byValue({ value: a }: HeldPart, { value: b }: HeldPart): number {
  if (a.known && b.known) return b.value.compare(a.value)
  return Number(b.known) - Number(a.known)
}
