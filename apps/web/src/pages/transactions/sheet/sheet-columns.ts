/** Columns of the sheet in their order; each names a field of a transaction as a person types it. */
export const sheetColumns = [
  'date',
  'kind',
  'account',
  'instrument',
  'quantity',
  'price',
  'amount',
  'currency',
  'fee',
  'tax',
  'toAccount',
  'note',
] as const

export type SheetColumn = (typeof sheetColumns)[number]

/** Columns of numbers stand to the right. */
export const numericColumns: ReadonlySet<SheetColumn> = new Set(['quantity', 'price', 'amount', 'fee', 'tax'])

/** Pixels, at the usual size of letters. */
export const columnWidths: Readonly<Record<SheetColumn, number>> = {
  date: 108,
  kind: 118,
  account: 138,
  instrument: 190,
  quantity: 92,
  price: 84,
  amount: 100,
  currency: 76,
  fee: 70,
  tax: 70,
  toAccount: 130,
  note: 180,
}

export type SheetCells = Readonly<Record<SheetColumn, string>>

export const emptyCells: SheetCells = {
  date: '',
  kind: '',
  account: '',
  instrument: '',
  quantity: '',
  price: '',
  amount: '',
  currency: '',
  fee: '',
  tax: '',
  toAccount: '',
  note: '',
}
