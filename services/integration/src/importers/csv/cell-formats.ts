import type { Mapping } from '@pe/contracts/integration.ts'
import { type Because, because } from '../because.ts'
import { datePatterns, isDatePattern, readDate } from '../values/read-date.ts'
import { type DecimalSign, decimalEvidence, isAmbiguousNumber } from '../values/read-number.ts'

/** How dates and numbers of one file are written; `unclear` says why a person must decide. */
export interface CellFormats {
  readonly datePattern: string
  readonly decimalSign: DecimalSign
  readonly unclear: ({ readonly field: 'date' | 'number' } & Because) | null
}

const hyphen = 0x2d
const iso = /^\d{4}-\d{2}-\d{2}/

/** Looks at every row before any is read: dates are judged by column, the decimal sign by file (import-formats.md e.0). */
export class FormatVote {
  readonly #fits = datePatterns.map(() => 0)
  #dates = 0
  #firstDate = ''
  #dots = 0
  #commas = 0
  #ambiguous = ''

  seeDate(cell: string): void {
    if (cell === '') return
    this.#dates += 1
    if (cell.charCodeAt(4) === hyphen && iso.test(cell)) {
      this.#fits[0] = (this.#fits[0] ?? 0) + 1
      return
    }
    for (const [at, pattern] of datePatterns.entries()) {
      if (at === 0 || !readDate(cell, pattern, 'UTC')) continue
      this.#fits[at] = (this.#fits[at] ?? 0) + 1
      this.#firstDate ||= cell
    }
  }

  seeNumber(cell: string): void {
    if (cell === '') return
    const sign = decimalEvidence(cell)
    if (sign === '.') this.#dots += 1
    else if (sign === ',') this.#commas += 1
    else if (!this.#ambiguous && isAmbiguousNumber(cell)) this.#ambiguous = cell
  }

  decide(mapping: Mapping, delimiter: string): CellFormats {
    const decimalSign = mapping.decimalSign ?? (this.#commas > this.#dots ? ',' : '.')
    if (mapping.dateFormat !== undefined && !isDatePattern(mapping.dateFormat))
      return {
        datePattern: 'yyyy-MM-dd',
        decimalSign,
        unclear: { field: 'date', ...because('date-format', { value: mapping.dateFormat }) },
      }
    const best = Math.max(...this.#fits)
    const fitting = datePatterns.filter((_, at) => this.#fits[at] === best && best > 0)
    const datePattern = mapping.dateFormat ?? fitting[0] ?? 'yyyy-MM-dd'
    const swapped = fitting.some((name) => name.startsWith('dd')) && fitting.some((name) => name.startsWith('MM'))
    if (swapped && mapping.dateFormat === undefined) {
      const [one = '', other = ''] = fitting
      return { datePattern, decimalSign, unclear: { field: 'date', ...because('date-unclear', { value: this.#firstDate, one, other }) } }
    }
    const undecided = this.#dots + this.#commas === 0 && this.#ambiguous !== '' && mapping.decimalSign === undefined
    // in a file that separates its columns by commas a bare comma is no decimal sign
    if (undecided && !(delimiter === ',' && !this.#ambiguous.includes(',')))
      return {
        datePattern,
        decimalSign,
        unclear: { field: 'number', ...because('number-unclear', { value: this.#ambiguous }) },
      }
    return { datePattern, decimalSign, unclear: null }
  }
}
