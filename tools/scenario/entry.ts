/** A transaction in the words of a journal; accounts and instruments by name. */
export interface Entry {
  readonly line: string
  readonly kind: string
  readonly date: string
  readonly account: string
  readonly toAccount?: string
  readonly instrument?: string
  readonly quantity?: string
  readonly price?: string
  readonly amount?: string
  readonly currency: string
  readonly fee?: string
  readonly tax?: string
  readonly received?: { readonly amount: string; readonly currency: string }
  readonly rate?: { readonly from: string; readonly to: string; readonly value: string }
  /** The refusal code that recording it must meet. */
  readonly refused?: string
}
