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
  /** The lots that leave, by the day on which they came. */
  readonly lots?: readonly { readonly quantity: string; readonly acquiredOn: string }[]
  /** No transaction, but something else that is done with the book. */
  readonly act?: Act
  /** What a company does, applied to every account that holds its paper. */
  readonly action?: ActionTerms
  /** The refusal code that recording it must meet. */
  readonly refused?: string
}

/** Terms of a corporate action; its instrument and day are the entry's. */
export interface ActionTerms {
  readonly kind: string
  readonly into?: string
  readonly ratio?: { readonly new: string; readonly old: string }
  readonly cashPerUnit?: string
  readonly costShare?: string
  readonly fractionPrice?: string
}

/** What is done with the book besides recording in it. */
export type Act =
  /** The transaction of that kind and day turns out to have been another. */
  | { readonly act: 'correct'; readonly kind: string; readonly date: string; readonly instead: Entry }
  /** The book as it is known now gets a name, by which figures can ask for it later. */
  | { readonly act: 'remember'; readonly name: string }
  | {
      readonly act: 'plan'
      readonly instrument: string
      readonly amount: string
      readonly currency: string
      readonly rhythm: string
      readonly day: number
      readonly from: string
      readonly until: string
      readonly fee: string
    }
  | { readonly act: 'post drafts' }
  | { readonly act: 'close'; readonly through: string }
  | { readonly act: 'state'; readonly amount: string; readonly currency: string; readonly date: string }
