import type { Schema } from '@pe/sdk/client.ts'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { reviewWords } from '../../../hooks/review-words.ts'
import { useFormat } from '../../../hooks/useFormat.ts'
import { useView } from '../../../hooks/useView.ts'

/** What keeps it from being plainly posted: a draft, a review that waits, a void and what took its place. */
export function VersionNotes({ of }: { of: Schema<'Transaction'> }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { search } = useView()
  const to = (id: string) => `/transactions/${id}${search}`
  return (
    <>
      {of.state === 'draft' ? <p className="note calm one-note">{t('transactions.one.isDraft')}</p> : null}
      {of.needsReview ? (
        <p className="note one-note">{t('transactions.one.needsReview', { reason: reviewWords(of.needsReview, t, format) })}</p>
      ) : null}
      {of.state === 'void' ? (
        <p className="note calm one-note">
          <span>
            {of.voidReason ? t('transactions.one.isVoidFor', { reason: of.voidReason }) : t('transactions.one.isVoid')}{' '}
            {of.replacedBy ? <Link to={to(of.replacedBy)}>{t('transactions.one.replacedBy')}</Link> : null}
          </span>
        </p>
      ) : null}
      {of.replaces ? (
        <p className="one-before">
          <Link className="link" to={to(of.replaces)}>
            {t('transactions.one.replaces')}
          </Link>
        </p>
      ) : null}
    </>
  )
}
