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
  date: 104,
  kind: 136,
  account: 150,
  instrument: 210,
  quantity: 96,
  price: 96,
  amount: 104,
  currency: 76,
  fee: 80,
  tax: 80,
  toAccount: 140,
  note: 200,
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
