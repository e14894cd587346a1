import type { Problem } from '@pe/sdk/client.ts'
import { useTranslation } from 'react-i18next'
import { Icon } from '../common/Icon.tsx'
import { useProblemWords } from '../common/ProblemNote.tsx'

/** Refused credentials and links need no heading and no reference: one sentence that says what to do. */
const plain: ReadonlySet<string> = new Set([
  'wrong_credentials',
  'too_many_requests',
  'weak_password',
  'email_taken',
  'token_spent',
  'already_set_up',
  'unauthenticated',
])

/** Why it did not work, above the fields it is about. `words` tell single codes as this screen means them. */
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
        {problem.requestId && !plain.has(problem.code) ? (
          <p className="muted">{t('problem.reference', { id: problem.requestId })}</p>
        ) : null}
      </div>
    </div>
  )
}
