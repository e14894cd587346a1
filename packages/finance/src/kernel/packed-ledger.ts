/** The ledger as columns of integers. */
export interface PackedLedger {
  readonly count: number
}
