import type { Problem } from '@pe/sdk/client.ts'
import type { ReactNode } from 'react'
import { ProblemNote } from '../common/ProblemNote.tsx'
import { Skeleton } from '../common/Waiting.tsx'

interface ListStateProps<Row> {
  readonly of: {
    readonly data?: readonly Row[] | undefined
    readonly error?: unknown
    readonly isLoading: boolean
    readonly refetch: () => unknown
  }
  readonly empty: ReactNode
  readonly children: (rows: readonly Row[]) => ReactNode
}

/** A list on its way, in trouble, empty or there. */
export function ListState<Row>({ of: { data, error, isLoading, refetch }, empty, children }: ListStateProps<Row>) {
  if (isLoading) return <Skeleton chart={false} rows={3} />
  if (error && !data) return <ProblemNote problem={error as Problem} retry={refetch} />
  if (!data || data.length === 0) return <p className="note calm">{empty}</p>
  return children(data)
}
