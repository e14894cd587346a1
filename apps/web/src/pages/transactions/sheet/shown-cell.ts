import type { FigureFormat } from '../../../hooks/figure-format.ts'
import { readDecimal } from '../../../hooks/read-decimal.ts'
import { dateOf } from './resolve-row.ts'
import type { SheetColumn } from './sheet-columns.ts'

/** A cell as it is read while nobody types there: days and numbers as on all other screens, with every digit that was typed. */
export function shownCell(column: SheetColumn, text: string, format: FigureFormat): string {
  if (column === 'date') return shownDay(text, format)
  const shown = writers[column]
  const number = shown ? readDecimal(text, format.numberLocale) : null
  return !shown || number === null ? text : (shown(number, format) ?? text)
}

/** However it was typed: so 02/03/2026 shows which month it was taken for. */
function shownDay(text: string, format: FigureFormat): string {
  const day = dateOf(text)
  return day === null ? text : format.day(day)
}

const digitsOf = (number: string) => number.split('.')[1]?.length ?? 0
const money = (number: string, format: FigureFormat) => format.money(number, { places: Math.max(2, digitsOf(number)) })

/** Null where the screens' own way would leave digits out. */
const writers: Partial<Record<SheetColumn, (number: string, format: FigureFormat) => string | null>> = {
  quantity: (number, format) => (digitsOf(number) > 6 ? null : format.units(number)),
  price: (number, format) => (digitsOf(number) > 6 ? null : format.price(number)),
  amount: money,
  fee: money,
  tax: money,
}
