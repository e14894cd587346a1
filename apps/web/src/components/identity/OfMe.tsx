import type { Problem, Schema } from '@pe/sdk/client.ts'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useMeQuery } from '../../services/identity-api.ts'
import { ProblemNote } from '../common/ProblemNote.tsx'
import { Skeleton } from '../common/Waiting.tsx'

interface OfMeProps {
  readonly needs?: Schema<'Permission'>
  readonly children: (me: Schema<'Me'>) => ReactNode
}

/** What is there for somebody who is signed in, and may. Says so where nobody is, as in the demo. */
export function OfMe({ needs, children }: OfMeProps) {
  const { t } = useTranslation()
  const { data: me, error, isLoading, refetch } = useMeQuery()
  if (isLoading) return <Skeleton chart={false} />
  if (me) return needs && !me.permissions.includes(needs) ? <p className="note calm">{t('identity.notAllowed')}</p> : children(me)
  const problem = error as Problem | undefined
  const nobody = problem && ['unauthenticated', 'not_found', 'forbidden', 'method_not_allowed'].includes(problem.code)
  return nobody || !problem ? <p className="note calm">{t('identity.nobody')}</p> : <ProblemNote problem={problem} retry={refetch} />
}
