import type { ReactNode } from 'react'
import { type Scope, useScope } from '../../hooks/useScope.ts'
import { ProblemNote } from '../common/ProblemNote.tsx'
import { Skeleton } from '../common/Waiting.tsx'

/** What a page shows before there is a scope: shapes, a problem, or the way to begin. */
export function PageState({ empty, children }: { empty: (today: string) => ReactNode; children: (scope: Scope) => ReactNode }) {
  const state = useScope()
  switch (state.status) {
    case 'loading':
      return <Skeleton />
    case 'problem':
      return <ProblemNote problem={state.problem} retry={state.retry} />
    case 'empty':
      return empty(state.today)
    case 'ready':
      return children(state.scope)
  }
}
