import type { RowState } from '@pe/contracts/integration.ts'
import { type RowReport, rowReport } from './row-report.ts'

export interface RowCounts {
  rows: number
  ok: number
  duplicate: number
  ignored: number
  needsDecision: number
  error: number
  drafts: number
}

const chunkSize = 16_384

/**
 * One entry per row of the source, in its order. Most rows are objects; a row of a price or rate file is 8 bytes (its line and its place in
 * a series) and becomes an object only when it is looked at or when there is something to say about it.
 */
export class RowLog {
  readonly #reports = new Map<number, RowReport>()
  readonly #lines: Int32Array[] = []
  readonly #places: Int32Array[] = []
  /** Packed rows that the book has already. */
  readonly #known: Uint8Array[] = []
  #knownCount = 0
  readonly #packed: ((place: number, row: number, line: number) => RowReport) | null
  #length = 0

  /** `packed` turns a place back into a report. */
  constructor(packed: ((place: number, row: number, line: number) => RowReport) | null = null) {
    this.#packed = packed
  }

  get length(): number {
    return this.#length
  }

  /** Adds a row and answers its number, counted from 1. */
  add(line: number, report: Partial<RowReport> & { state: RowState }): number {
    const row = this.#place(line, -1)
    this.#reports.set(row, rowReport(row, line, report))
    return row
  }

  /** Adds a row that is fine and whose report can be made from its place. */
  addPacked(line: number, place: number): number {
    return this.#place(line, place)
  }

  at(row: number): RowReport | undefined {
    const known = this.#reports.get(row)
    if (known || !this.#packed || row < 1 || row > this.#length) return known
    const [chunk, slot] = [Math.floor((row - 1) / chunkSize), (row - 1) % chunkSize]
    const report = this.#packed(this.#places[chunk]?.[slot] ?? -1, row, this.#lines[chunk]?.[slot] ?? 0)
    return this.#known[chunk]?.[slot] ? { ...report, state: 'duplicate' } : report
  }

  /** Says that the book has what this row says; costs nothing for a packed row. */
  markDuplicate(row: number) {
    if (this.#reports.has(row)) return this.change(row, { state: 'duplicate' })
    const known = this.#known[Math.floor((row - 1) / chunkSize)]
    if (!known || known[(row - 1) % chunkSize]) return
    known[(row - 1) % chunkSize] = 1
    this.#knownCount += 1
  }

  /** Changes what is said of a row; a packed one becomes an object. */
  change(row: number, change: Partial<RowReport>): void {
    const report = this.at(row)
    if (!report) return
    if (!this.#reports.has(row) && report.state === 'duplicate') this.#knownCount -= 1
    this.#reports.set(row, { ...report, ...change })
  }

  *[Symbol.iterator](): Generator<RowReport> {
    for (let row = 1; row <= this.#length; row++) {
      const report = this.at(row)
      if (report) yield report
    }
  }

  counts(): RowCounts {
    const counts: RowCounts = { rows: this.#length, ok: 0, duplicate: 0, ignored: 0, needsDecision: 0, error: 0, drafts: 0 }
    counts.ok = this.#length - this.#reports.size - this.#knownCount
    counts.duplicate = this.#knownCount
    for (const report of this.#reports.values()) {
      counts[report.state === 'needs-decision' ? 'needsDecision' : report.state] += 1
      if (report.draft && report.state === 'ok') counts.drafts += 1
    }
    return counts
  }

  #place(line: number, place: number): number {
    const at = this.#length++
    const [chunk, slot] = [Math.floor(at / chunkSize), at % chunkSize]
    if (slot === 0) {
      this.#lines.push(new Int32Array(chunkSize))
      this.#places.push(new Int32Array(chunkSize))
      this.#known.push(new Uint8Array(chunkSize))
    }
    const lines = this.#lines[chunk]
    const places = this.#places[chunk]
    if (lines) lines[slot] = line
    if (places) places[slot] = place
    return at + 1
  }
}
