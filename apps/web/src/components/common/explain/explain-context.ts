import { createContext, useContext } from 'react'
import type { HoldingsQuestion, PeriodQuestion } from '../../../services/analytics-api.ts'

/** A figure that a person wants to see the way of. */
export interface ExplainRequest {
  /** Name of the figure: "TWR". */
  readonly title: string
  /** What it is about: "Family book, 31 Dec 2025 – 20 Nov 2026, EUR". */
  readonly about: string
  /** The figure as the screen shows it. */
  readonly shown: string
  /** Key of its trail in the answer. */
  readonly figure: string
  readonly from:
    | { readonly kind: 'performance'; readonly question: PeriodQuestion }
    | { readonly kind: 'holdings'; readonly question: HoldingsQuestion; readonly instrumentId?: string }
}

export const ExplainContext = createContext<(request: ExplainRequest) => void>(() => {})

/** Opens the Explain drawer. */
export function useExplain(): (request: ExplainRequest) => void {
  return useContext(ExplainContext)
}
