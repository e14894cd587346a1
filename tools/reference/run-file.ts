import { UnknownShape } from './book/shapes.ts'
import type { OwnShapeCase } from './own-shape.ts'
import type { PeerCase } from './peer-case.ts'
import { runOwnShapeCase } from './run-own-shape-case.ts'
import { runPeerCase } from './run-peer-case.ts'
import { type Verdict, waitingFor } from './verdict.ts'

export interface FileReport {
  readonly file: string
  /** A case passes when every line of it that can run does, and one can; it waits when none can. */
  readonly cases: Counts
  readonly lines: Counts
  /** What lines wait for: need → number of lines. */
  readonly needs: ReadonlyMap<string, number>
  /** Failures and unknown shapes, each with its case. */
  readonly complaints: readonly string[]
}

export interface Counts {
  readonly passed: number
  readonly failed: number
  readonly waiting: number
}

interface ReferenceFile {
  readonly schema?: unknown
  readonly cases: readonly Record<string, unknown>[]
  readonly metric_definitions?: Readonly<Record<string, unknown>>
}

/** Runs every case of one file. What does not have a shape of SHAPES.md fails, with a sentence. */
export function runFile(file: string, text: string): FileReport {
  const read = readReference(text)
  if (typeof read === 'string') {
    const one = { passed: 0, failed: 1, waiting: 0 }
    return { file, cases: one, lines: one, needs: new Map(), complaints: [`${file}: ${read}`] }
  }
  const verdicts = read.cases.map((entry) => verdictsOf(read, entry))
  const complaints = verdicts.flatMap((lines, i) =>
    lines.flatMap((verdict) => (verdict.kind === 'failed' ? [`${String(read.cases[i]?.id)}: ${verdict.detail}`] : [])),
  )
  const needs = new Map<string, number>()
  for (const verdict of verdicts.flat()) {
    if (verdict.kind === 'waiting') for (const need of verdict.needs) needs.set(need, (needs.get(need) ?? 0) + 1)
  }
  return { file, cases: counted(verdicts.map(ofCase)), lines: counted(verdicts.flat().map(({ kind }) => kind)), needs, complaints }
}

function readReference(text: string): ReferenceFile | string {
  try {
    const parsed: unknown = JSON.parse(text)
    if (parsed === null || typeof parsed !== 'object' || !Array.isArray((parsed as ReferenceFile).cases))
      return 'unknown shape: no list of cases'
    return parsed as ReferenceFile
  } catch (error) {
    return `not JSON: ${(error as Error).message}`
  }
}

function verdictsOf(file: ReferenceFile, entry: Record<string, unknown>): readonly Verdict[] {
  try {
    if (file.schema === 'reference-cases/2') return runPeerCase(entry as unknown as PeerCase)
    if (file.metric_definitions) return [runMetricCase(file.metric_definitions, entry)]
    return [runOwnShapeCase(entry as unknown as OwnShapeCase)]
  } catch (error) {
    if (error instanceof UnknownShape) return [{ kind: 'failed', detail: `unknown shape: ${error.message}` }]
    return [{ kind: 'failed', detail: `stopped by ${(error as Error).stack ?? String(error)}` }]
  }
}

/** Cases of metrics-reference have no type; what they measure is defined in the head of the file. */
function runMetricCase(definitions: Readonly<Record<string, unknown>>, { metric }: Record<string, unknown>): Verdict {
  if (typeof metric !== 'string' || !Object.hasOwn(definitions, metric))
    throw new UnknownShape(`metric ${JSON.stringify(metric)} is not defined`)
  return waitingFor(['metrics'])
}

function ofCase(lines: readonly Verdict[]): Verdict['kind'] {
  if (lines.some(({ kind }) => kind === 'failed')) return 'failed'
  return lines.some(({ kind }) => kind === 'passed') ? 'passed' : 'waiting'
}

function counted(kinds: readonly Verdict['kind'][]): Counts {
  const of = (kind: Verdict['kind']) => kinds.filter((one) => one === kind).length
  return { passed: of('passed'), failed: of('failed'), waiting: of('waiting') }
}
