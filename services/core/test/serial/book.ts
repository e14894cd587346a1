/** An entry as a child would note it: who gives or gets how many units, on which day, after which other entry of that day. */
export interface Noted {
  readonly id: string
  readonly kind: 'buy' | 'sell' | 'transfer'
  readonly account: number
  readonly to: number | null
  readonly instrumentId: string
  readonly units: number
  readonly onDay: number
  readonly place: number
  readonly importId: string | null
  readonly stands: boolean
  readonly replacedBy: string | null
}

export type Stated = Pick<Noted, 'kind' | 'account' | 'to' | 'instrumentId' | 'units' | 'onDay'>

/** A corporate action as it was applied. */
export interface Application {
  readonly id: string
  readonly actionId: string
  readonly accounts: readonly number[]
  readonly stands: boolean
}

/** Both in the order in which they came. */
export interface Book {
  readonly entries: readonly Noted[]
  readonly applications: readonly Application[]
}

export const emptyBook: Book = { entries: [], applications: [] }

/** The account that may owe units; transfers never may. */
export const mayOwe = 2

/** What stands, in the order of the ledger. */
export function standing({ entries }: Book): readonly Noted[] {
  return entries.filter(({ stands }) => stands).sort((a, b) => a.onDay - b.onDay || a.place - b.place)
}
