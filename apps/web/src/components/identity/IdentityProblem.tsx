import type { Problem } from '@pe/sdk/client.ts'
import { useTranslation } from 'react-i18next'
import { Icon } from '../common/Icon.tsx'
import { useProblemWords } from '../common/ProblemNote.tsx'

/**
 * Why it did not work, above the fields it is about: one sentence that says what to do; a reference only where the server is in trouble.
 * `words` tell single codes as this screen means them.
 */
export function IdentityProblem({ error, words = {} }: { error: unknown; words?: Readonly<Record<string, string>> }) {
  const { t } = useTranslation()
  const problemWords = useProblemWords()
  if (!error) return null
  const problem = error as Problem
  return (
    <div className="note problem" role="alert">
      <Icon name="warning" small />
      <div>
        <p>{words[problem.code] ?? problemWords(problem)}</p>
        {problem.requestId && problem.status >= 500 ? <p className="muted">{t('problem.reference', { id: problem.requestId })}</p> : null}
      </div>
    </div>
  )
}
