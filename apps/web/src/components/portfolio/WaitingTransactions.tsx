import type { Problem, Schema } from '@pe/sdk/client.ts'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { reviewWords } from '../../hooks/review-words.ts'
import { useFormat } from '../../hooks/useFormat.ts'
import { useView } from '../../hooks/useView.ts'
import { useMarkReviewedMutation, usePostDraftsMutation, useWaitingQuery, type Whose } from '../../services/account-api.ts'
import { useVoidMutation } from '../../services/journal-api.ts'
import { useAccountsQuery, useInstrumentsQuery } from '../../services/portfolio-api.ts'
import { Icon } from '../common/Icon.tsx'
import { Money } from '../common/Money.tsx'
import { ProblemNote } from '../common/ProblemNote.tsx'
import { Skeleton } from '../common/Waiting.tsx'

type Transaction = Schema<'Transaction'>

/** Drafts and what needs a review, with what can be done about each; drafts that are whole and due are posted together. */
export function WaitingTransactions({ whose, today }: { whose: Whose; today: string }) {
  const { t } = useTranslation()
  const { data, error, isLoading, refetch } = useWaitingQuery(whose)
  const [post, posting] = usePostDraftsMutation()
  const [discard, discarding] = useVoidMutation()
  if (isLoading) return <Skeleton chart={false} rows={3} />
  const rows = data ?? []
  const ready = rows.filter(({ state, needsReview, date }) => state === 'draft' && needsReview === null && date <= today)
  const problem = (error ?? posting.error ?? discarding.error) as Problem | undefined
  return (
    <section className="sec">
      <div className="sec-head">
        <h2>{t('waiting.title')}</h2>
        <p>{rows.length > 0 ? t('waiting.count', { count: rows.length }) : t('waiting.none')}</p>
        {ready.length > 0 ? (
          <span className="end">
            <button type="button" className="btn pri" disabled={posting.isLoading} onClick={() => post(ready.map(({ id }) => id))}>
              {t('waiting.postAll', { count: ready.length })}
            </button>
          </span>
        ) : null}
      </div>
      {problem ? <ProblemNote problem={problem} {...(error ? { retry: refetch } : {})} /> : null}
      {rows.length > 0 ? (
        <table className="t cards">
          <thead>
            <tr>
              <th>{t('waiting.what')}</th>
              <th>{t('waiting.day')}</th>
              <th>{t('waiting.state')}</th>
              <th className="n">{t('waiting.amount')}</th>
              <th>
                <span className="sr">{t('waiting.actions')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <WaitingRow
                key={row.id}
                of={row}
                today={today}
                onPost={() => post([row.id])}
                onDiscard={() => discard({ transactionId: row.id, version: row.version })}
              />
            ))}
          </tbody>
        </table>
      ) : null}
    </section>
  )
}

interface RowProps {
  readonly of: Transaction
  readonly today: string
  readonly onPost: () => void
  readonly onDiscard: () => void
}

function WaitingRow({ of, today, onPost, onDiscard }: RowProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const { search } = useView()
  const [review] = useMarkReviewedMutation()
  const instrument = useInstrumentsQuery({}).data?.find(({ id }) => id === of.instrumentId)
  const account = useAccountsQuery({}).data?.find(({ id }) => id === of.accountId)
  const kind = t(`kind.${of.kind}`)
  const name = [kind, instrument?.name ?? of.note].filter(Boolean).join(' · ')
  return (
    <tr>
      <td className="a">
        <span className="name">
          <Link className="link quiet" to={`/transactions/${of.id}${search}`}>
            <b>{name}</b>
          </Link>
          <small>{account?.name}</small>
        </span>
      </td>
      <td className="c soft">{format.day(of.date)}</td>
      <td className="c why-waits">
        {of.state === 'draft' ? (
          <span className="tag info">{t(of.date > today ? 'waiting.later' : 'transactions.state.draft')}</span>
        ) : null}{' '}
        {of.needsReview !== null ? <span className="tag warn">{t('waiting.needsReview')}</span> : null}{' '}
        {of.needsReview !== null ? <small className="soft">{reviewWords(of.needsReview, t, format)}</small> : null}
      </td>
      <td className="b n">
        <Money of={of.amount} /> {of.currency}
      </td>
      <td className="c n">
        {of.state === 'draft' ? (
          <span className="post-or-discard">
            {of.date <= today ? (
              <button type="button" className="link" onClick={onPost} aria-label={t('waiting.postOne', { name })}>
                {t('waiting.post')}
              </button>
            ) : null}
            <button type="button" className="icon mini-icon" onClick={onDiscard} aria-label={t('waiting.discard', { name })}>
              <Icon name="cross" small />
            </button>
          </span>
        ) : (
          <button type="button" className="link" onClick={() => review(of.id)} aria-label={t('waiting.reviewedOne', { name })}>
            {t('waiting.reviewed')}
          </button>
        )}
      </td>
    </tr>
  )
}
