import type { RowState } from '@pe/contracts/integration.ts'
import { because } from './because.ts'
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
  /** Of packed rows: 1 where market has it already, 2 where a later row of the file replaces it. */
  readonly #duplicates: Uint8Array[] = []
  #duplicateCount = 0
  readonly #packed: ((place: number, row: number, line: number) => RowReport) | null
  #length = 0
  #changes = 0

  /** `packed` turns a place back into a report. */
  constructor(packed: ((place: number, row: number, line: number) => RowReport) | null = null) {
    this.#packed = packed
  }

  get length(): number {
    return this.#length
  }

  /** Grows with every change of what is said of a row. */
  get changes(): number {
    return this.#changes
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
    const duplicate = this.#duplicates[chunk]?.[slot]
    return duplicate ? { ...report, state: 'duplicate', ...because(duplicate === 1 ? 'known' : 'given-again') } : report
  }

  /** Says that market has what a packed row says, or that a later row says it again; costs a byte. */
  markDuplicate(row: number, why: 'known' | 'replaced'): void {
    const duplicates = this.#duplicates[Math.floor((row - 1) / chunkSize)]
    const slot = (row - 1) % chunkSize
    if (!duplicates || duplicates[slot] || this.#reports.has(row)) return
    duplicates[slot] = why === 'known' ? 1 : 2
    this.#duplicateCount += 1
    this.#changes += 1
  }

  /** Changes what is said of a row; a packed one becomes an object. */
  change(row: number, change: Partial<RowReport>): void {
    const report = this.at(row)
    if (!report) return
    this.#changes += 1
    const wasDuplicate = report.state === 'duplicate'
    // reports are the log's own: what is an object already is changed in its place
    Object.assign(report, change)
    if (this.#reports.has(row)) return
    if (wasDuplicate) this.#duplicateCount -= 1
    this.#reports.set(row, report)
  }

  *[Symbol.iterator](): Generator<RowReport> {
    for (let row = 1; row <= this.#length; row++) {
      const report = this.at(row)
      if (report) yield report
    }
  }

  counts(): RowCounts {
    const counts: RowCounts = { rows: this.#length, ok: 0, duplicate: 0, ignored: 0, needsDecision: 0, error: 0, drafts: 0 }
    counts.ok = this.#length - this.#reports.size - this.#duplicateCount
    counts.duplicate = this.#duplicateCount
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
      this.#duplicates.push(new Uint8Array(chunkSize))
    }
    const lines = this.#lines[chunk]
    const places = this.#places[chunk]
    if (lines) lines[slot] = line
    if (places) places[slot] = place
    return at + 1
  }
}
