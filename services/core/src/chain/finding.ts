/** Something that is not as the chain says. */
export interface Finding {
  /** Null for what stands in a book and concerns no account by itself. */
  readonly accountId: string | null
  /** Of the chain, where one can be named. */
  readonly entry: number | null
  readonly transactionId: string | null
  /** The rest of a sentence that begins with account and entry. */
  readonly detail: string
}

/** Notes a finding against an account. */
export type Find = (entry: number | null, detail: string, transactionId?: string | null) => void
