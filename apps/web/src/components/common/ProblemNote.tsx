import type { Problem } from '@pe/sdk/client.ts'
import { useTranslation } from 'react-i18next'
import { refusalWords, type ToldRefusal } from '../../hooks/refusal-words.ts'
import { useFormat } from '../../hooks/useFormat.ts'
import { Icon } from './Icon.tsx'

/** What the server refused or why it is silent, in words by code, with a way on. */
export function ProblemNote({ problem, retry }: { problem: Problem; retry?: (() => void) | undefined }) {
  const { t } = useTranslation()
  const format = useFormat()
  const words = (refusal: ToldRefusal) => refusalWords(refusal, t, format)
  return (
    <div className="note problem" role="alert">
      <Icon name="warning" small />
      <div>
        <b>{t('problem.heading')}</b>
        <p>{words({ ...problem, detail: problem.detail ?? problem.title })}</p>
        {problem.errors?.slice(0, 5).map((error) => (
          <p key={`${error.path}${error.detail}`}>{error.code ? words({ ...error, code: error.code }) : error.detail}</p>
        ))}
        {problem.requestId ? <p className="muted">{t('problem.reference', { id: problem.requestId })}</p> : null}
        {retry ? (
          <button type="button" className="btn" onClick={retry}>
            {t('shell.retry')}
          </button>
        ) : null}
      </div>
    </div>
  )
}

/** Problem details as a sentence of this person's language. */
export function useProblemWords(): (problem: Problem) => string {
  const { t } = useTranslation()
  const format = useFormat()
  return ({ code, detail, title, facts }) => refusalWords({ code, detail: detail ?? title, facts }, t, format)
}
