import type { Problem } from '@pe/sdk/client.ts'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { refusalWords, type ToldRefusal } from '../../hooks/refusal-words.ts'
import { useFormat } from '../../hooks/useFormat.ts'
import { Icon } from './Icon.tsx'

interface ProblemProps {
  readonly problem: Problem
  readonly retry?: (() => void) | undefined
  /** Where trying again cannot help: another place to go on from. */
  readonly way?: { readonly to: string; readonly words: string } | undefined
}

/** What the server refused or why it is silent, in words by code, with a way on. What only programs read stands muted, in its own language. */
export function ProblemNote({ problem, retry, way }: ProblemProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const words = (refusal: ToldRefusal) => refusalWords(refusal, t, format)
  const { errors, plain } = told(problem)
  const gone = way && (problem.status === 404 || problem.status === 400)
  return (
    <div className="note problem" role="alert">
      <Icon name="warning" small />
      <div>
        <b>{t('problem.heading')}</b>
        <p>{words({ ...problem, detail: problem.detail ?? problem.title })}</p>
        {errors.map(({ path, code, detail, facts }) => (
          <p key={`${path}${detail}`}>{words({ code, detail, facts })}</p>
        ))}
        {plain.map((detail) => (
          <p key={detail} className="muted" lang="en">
            {detail}
          </p>
        ))}
        {problem.requestId ? <p className="muted">{t('problem.reference', { id: problem.requestId })}</p> : null}
        {gone ? (
          <Link className="btn" to={way.to}>
            {way.words}
          </Link>
        ) : null}
        {retry && !gone ? (
          <button type="button" className="btn" onClick={retry}>
            {t('shell.retry')}
          </button>
        ) : null}
      </div>
    </div>
  )
}

/** Errors that the sentence above does not say already: those with words of their own, and plain sentences for programs. */
function told({ code, detail = '', errors = [] }: Problem) {
  const others = errors.filter((error) => !((error.code ?? code) === code && detail.includes(error.detail))).slice(0, 5)
  return {
    errors: others.flatMap((error) => (error.code ? { ...error, code: error.code } : [])),
    plain: [...(code === 'bad_request' && detail ? [detail] : []), ...others.flatMap((error) => (error.code ? [] : error.detail))],
  }
}

/** Problem details as a sentence of this person's language. */
export function useProblemWords(): (problem: Problem) => string {
  const { t } = useTranslation()
  const format = useFormat()
  return ({ code, detail, title, facts }) => refusalWords({ code, detail: detail ?? title, facts }, t, format)
}
