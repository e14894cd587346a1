import { missingOf } from '../capabilities.ts'
import { compare } from '../compare.ts'
import type { Answer, Expectation, PeerCase } from '../peer-case.ts'
import type { Verdict } from '../verdict.ts'
import { dividendFigures } from './dividend-figures.ts'
import { bookFigures, type Figure } from './figures.ts'
import { ghostfolioFigures } from './ghostfolio-figures.ts'
import { impliedNeeds, questionOf } from './question.ts'
import { readBook } from './read-book.ts'
import { returnFigures } from './return-figures.ts'
import { expectationKeys, figureNeeds, onlyKnown, UnknownShape } from './shapes.ts'
import { tradeFigures } from './trade-figures.ts'

/** What became of one expectation of a book case. */
export interface LineResult {
  readonly caseId: string
  /** Place in the list of expectations, from 0. */
  readonly line: number
  readonly status: Verdict['kind']
  readonly expected: Expectation['value']
  readonly actual: Answer | null
  /** What is missing, of a line that waits. */
  readonly needs: readonly string[]
  readonly verdict: Verdict
}

const figures: Readonly<Record<string, Figure>> = {
  ...bookFigures,
  ...returnFigures,
  ...tradeFigures,
  ...dividendFigures,
  ...ghostfolioFigures,
}

/**
 * Runs a case of type `book` (SHAPES.md): the figures come from packages/finance, this only maps shapes. A line waits when the case, the
 * line or its figure needs a capability that is missing. Throws UnknownShape for names that SHAPES.md does not list.
 */
export function runBookCase(peerCase: PeerCase): LineResult[] {
  const read = readBook(peerCase.book)
  return peerCase.expect.map((expected, line) => {
    onlyKnown(Object.keys(expected), expectationKeys, 'expectation field')
    const result = (verdict: Verdict, actual: Answer | null, needs: readonly string[]): LineResult => ({
      caseId: peerCase.id,
      line,
      status: verdict.kind,
      expected: expected.value,
      actual,
      needs,
      verdict,
    })
    const own = [...(expected.needs ?? []), ...impliedNeeds(peerCase.options, expected), ...needsOfFigure(expected.figure)]
    const needs = missingOf([...peerCase.needs, ...read.needs, ...own])
    const question = questionOf(read, peerCase.options, expected)
    if (needs.length > 0) return result({ kind: 'waiting', needs }, null, needs)
    if (question.cashCurrency !== undefined && !takesCurrency(expected.figure))
      throw new UnknownShape(`the figure ${expected.figure} cannot be narrowed to a currency`)
    const answer = (figures[expected.figure] ?? unknownFigure(expected.figure))(question)
    return result(compare(expected, answer), answer, [])
  })
}

/** Cash can be looked at by its currency; the peer has percentages of it. */
function takesCurrency(figure: string): boolean {
  return figure === 'cash' || Object.hasOwn(ghostfolioFigures, figure)
}

function needsOfFigure(figure: string): string[] {
  const need = figureNeeds[figure]
  if (need !== undefined) return [need]
  return Object.hasOwn(figures, figure) ? [] : unknownFigure(figure)
}

function unknownFigure(figure: string): never {
  throw new UnknownShape(`figure ${JSON.stringify(figure)} is not in the shapes`)
}
