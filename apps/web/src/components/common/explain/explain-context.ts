import { createContext, useContext } from 'react'
import type { HoldingsQuestion, MoversQuestion, PeriodQuestion } from '../../../services/analytics-api.ts'

/** The cash of one account in one currency. */
export interface CashOf {
  readonly accountId: string
  readonly currency: string
}

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
  /** The screen shows it with the opposite sign: charges in a sum. */
  readonly negated?: boolean
  readonly from:
    | { readonly kind: 'performance'; readonly question: PeriodQuestion }
    | { readonly kind: 'holdings'; readonly question: HoldingsQuestion; readonly instrumentId?: string; readonly cash?: CashOf }
    | { readonly kind: 'movers'; readonly question: MoversQuestion }
}

export const ExplainContext = createContext<(request: ExplainRequest) => void>(() => {})

/** Opens the Explain drawer. */
export function useExplain(): (request: ExplainRequest) => void {
  return useContext(ExplainContext)
}
