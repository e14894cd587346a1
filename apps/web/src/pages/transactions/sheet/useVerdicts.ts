import type { Schema } from '@pe/sdk/client.ts'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useTryEditSheetMutation } from '../../../services/journal-api.ts'
import { type CellFault, type ResolvedRow, resolveRow, type Vocabulary } from './resolve-row.ts'
import type { SheetColumn } from './sheet-columns.ts'
import { isChanged, type SheetRow } from './sheet-rows.ts'

/** What is known of a line: what its cells say, and what the book says of it. */
export interface RowVerdict {
  readonly faults: Partial<Readonly<Record<SheetColumn, CellFault>>>
  /** For a person; undefined while nothing speaks against the line. */
  readonly problem: string | undefined
}

/** Milliseconds after the last change, before the book is asked. */
const pause = 500

/** What would be sent for the changed lines; null while a cell of one is at fault. */
export function linesToSave(rows: readonly SheetRow[], resolved: ReadonlyMap<number, ResolvedRow>): Schema<'SheetLine'>[] | null {
  const lines: Schema<'SheetLine'>[] = []
  for (const row of rows) {
    if (!isChanged(row)) continue
    const stands = row.standing ? { transactionId: row.standing.id, version: row.standing.version } : {}
    if (row.removed) {
      lines.push({ line: row.key, ...stands })
      continue
    }
    const of = resolved.get(row.key)
    if (!of?.transaction) return null
    lines.push({
      line: row.key,
      ...stands,
      ...(row.standing || !of.accountId ? {} : { accountId: of.accountId }),
      transaction: of.transaction,
    })
  }
  return lines
}

/** Reads every changed line as it is typed, and asks the book a moment later what would come of all of them together. */
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
  const lines = useMemo(() => linesToSave(rows, resolved), [rows, resolved])
  const [ask, { data, error, isLoading }] = useTryEditSheetMutation()
  const [answered, setAnswered] = useState<readonly Schema<'SheetLine'>[] | null>(null)
  useEffect(() => {
    if (lines === null || lines.length === 0) return
    const timer = setTimeout(() => ask(lines).then(() => setAnswered(lines)), pause)
    return () => clearTimeout(timer)
  }, [lines, ask])
  const refused = useMemo(
    () => new Map((data?.verdicts ?? []).filter(({ result }) => result === 'refused').map((one) => [one.line, one])),
    [data],
  )
  const upToDate = lines !== null && answered === lines
  const verdictOf = (row: SheetRow): RowVerdict | undefined => {
    const faults = resolved.get(row.key)?.faults ?? {}
    const verdict = upToDate ? refused.get(row.key) : undefined
    return { faults, problem: verdict && wordsOf(verdict) }
  }
  const faultCount = [...resolved.values()].filter(({ transaction }) => transaction === null).length
  return {
    lines,
    verdictOf,
    faultCount,
    refusedCount: upToDate ? refused.size : 0,
    /** Why the first line that the book refuses is refused: a finger cannot point at its mark. */
    firstProblem: upToDate ? [...refused.values()].slice(0, 1).map(wordsOf)[0] : undefined,
    cashBelowZero: upToDate ? (data?.cashBelowZero ?? []) : [],
    problem: upToDate ? undefined : error,
    asking: isLoading || (lines !== null && lines.length > 0 && !upToDate),
  }
}
