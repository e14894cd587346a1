import type { Schema } from '@pe/sdk/client.ts'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useTryEditSheetMutation } from '../../../services/journal-api.ts'
import { type CellFault, type ResolvedRow, resolveRow, type Vocabulary } from './resolve-row.ts'
import { type SheetColumn, sheetColumns } from './sheet-columns.ts'
import { isChanged, type SheetRow } from './sheet-rows.ts'

/** What is known of a line: what its cells say, and what the book says of it. */
export interface RowVerdict {
  readonly faults: Partial<Readonly<Record<SheetColumn, CellFault>>>
  /** For a person; undefined while nothing speaks against the line. */
  readonly problem: string | undefined
}

/** Milliseconds after the last change, before the book is asked. */
const pause = 500

/** What would be sent for the changed lines that can be read; one with a cell at fault is left out until it is mended. */
export function readableLines(rows: readonly SheetRow[], resolved: ReadonlyMap<number, ResolvedRow>): Schema<'SheetLine'>[] {
  const lines: Schema<'SheetLine'>[] = []
  for (const row of rows) {
    if (!isChanged(row)) continue
    const stands = row.standing ? { transactionId: row.standing.id, version: row.standing.version } : {}
    if (row.removed) {
      lines.push({ line: row.key, ...stands })
      continue
    }
    const of = resolved.get(row.key)
    if (!of?.transaction) continue
    lines.push({
      line: row.key,
      ...stands,
      ...(row.standing || !of.accountId ? {} : { accountId: of.accountId }),
      transaction: of.transaction,
    })
  }
  return lines
}

/**
 * Reads every changed line as it is typed, and asks the book a moment later what would come of all that can be read together: one cell
 * that means nothing silences no other line, and only keeps the sheet from being saved.
 */
export function useVerdicts(rows: readonly SheetRow[], words: Vocabulary, wordsOf: (verdict: Schema<'SheetVerdict'>) => string) {
  const remembered = useRef(new WeakMap<SheetRow, ResolvedRow>())
  const latest = useRef<Vocabulary>(words)
  const resolved = useMemo(() => {
    if (latest.current !== words) remembered.current = new WeakMap()
    latest.current = words
    const all = new Map<number, ResolvedRow>()
    for (const row of rows) {
      if (!isChanged(row) || row.removed) continue
      const of = remembered.current.get(row) ?? resolveRow(row, words)
      remembered.current.set(row, of)
      all.set(row.key, of)
    }
    return all
  }, [rows, words])
  const lines = useMemo(() => readableLines(rows, resolved), [rows, resolved])
  const [ask, { data, error, isLoading }] = useTryEditSheetMutation()
  const [answered, setAnswered] = useState<readonly Schema<'SheetLine'>[] | null>(null)
  useEffect(() => {
    if (lines.length === 0) return
    const timer = setTimeout(() => ask(lines).then(() => setAnswered(lines)), pause)
    return () => clearTimeout(timer)
  }, [lines, ask])
  const refused = useMemo(
    () => new Map((data?.verdicts ?? []).filter(({ result }) => result === 'refused').map((one) => [one.line, one])),
    [data],
  )
  const upToDate = answered === lines
  const verdictOf = (row: SheetRow): RowVerdict | undefined => {
    const faults = resolved.get(row.key)?.faults ?? {}
    const verdict = upToDate ? refused.get(row.key) : undefined
    return { faults, problem: verdict && wordsOf(verdict) }
  }
  const faulty = rows.findIndex(({ key }) => resolved.get(key)?.transaction === null)
  const refusedAt = upToDate ? rows.findIndex(({ key }) => refused.has(key)) : -1
  const refusal = refused.get(rows[refusedAt]?.key ?? 0)
  const faultCount = [...resolved.values()].filter(({ transaction }) => transaction === null).length
  return {
    /** All changed lines; null while a cell of one is at fault. */
    lines: faultCount === 0 ? lines : null,
    verdictOf,
    faultCount,
    /** The first line that cannot be read, and why: a finger cannot point at its mark. */
    firstFault: faultOf(rows[faulty], faulty, resolved),
    refusedCount: upToDate ? refused.size : 0,
    /** The first line that the book refuses, counted from 1, and why. */
    firstProblem: refusal ? { line: refusedAt + 1, words: wordsOf(refusal) } : undefined,
    cashBelowZero: upToDate ? (data?.cashBelowZero ?? []) : [],
    problem: upToDate ? error : undefined,
    asking: isLoading || (lines.length > 0 && !upToDate),
  }
}

export interface FirstFault {
  /** Counted from 1, as in the grid. */
  readonly line: number
  readonly column: SheetColumn
  readonly fault: CellFault
  readonly text: string
}

function faultOf(row: SheetRow | undefined, at: number, resolved: ReadonlyMap<number, ResolvedRow>): FirstFault | undefined {
  const faults = row && resolved.get(row.key)?.faults
  const column = faults && sheetColumns.find((name) => faults[name])
  const fault = column && faults[column]
  return row && column && fault ? { line: at + 1, column, fault, text: row.cells[column].trim() } : undefined
}
