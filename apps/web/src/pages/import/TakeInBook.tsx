import type { PlainDate } from '@pe/finance/time/plain-date.ts'
import type { Problem } from '@pe/sdk/client.ts'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Icon } from '../../components/common/Icon.tsx'
import { ProblemNote } from '../../components/common/ProblemNote.tsx'
import { useFormat } from '../../hooks/useFormat.ts'
import { useImportBookMutation } from '../../services/import-api.ts'
import { usePortfoliosQuery } from '../../services/portfolio-api.ts'
import type { WholeBook } from '../../services/whole-book.ts'

/** A whole book is no file of rows to look through: it is taken in as it is, into an empty instance, or not at all. */
export function TakeInBook({ of: { file, day }, back, onTaken }: { of: WholeBook; back: () => void; onTaken: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const [take, { data, isLoading, error }] = useImportBookMutation()
  const fullest = useFullest()
  const takeIn = async () => {
    const { data: done } = await take(file)
    if (done) onTaken()
  }
  return (
    <>
      <div className="imp-head">
        <div className="label soft file-line">
          <Icon name="file" />
          <b>{file.name}</b>
          <span className="muted">{t('import.book.what', { day: format.day(day as PlainDate) })}</span>
        </div>
        <p className="why" aria-live="polite">
          {data
            ? t('import.book.taken', {
                accounts: format.count(data.accounts),
                portfolios: format.count(data.portfolios),
                transactions: format.count(data.transactions),
              })
            : t('import.book.why')}
        </p>
      </div>
      {error ? <ProblemNote problem={error as Problem} /> : null}
      <section className="post">
        <span className="end">
          {data ? (
            <Link className="btn pri" to={`/${fullest}`}>
              {t('import.look')}
            </Link>
          ) : (
            <>
              <button type="button" className="btn" disabled={isLoading} onClick={back}>
                {t('import.another')}
              </button>
              <button type="button" className="btn pri" disabled={isLoading} onClick={takeIn}>
                {isLoading ? t('import.book.taking') : t('import.book.take')}
              </button>
            </>
          )}
        </span>
      </section>
    </>
  )
}

/** The address of the portfolio in which most is recorded: a whole book goes into several, and the first by name may be an empty one. */
function useFullest(): string {
  const standing = (usePortfoliosQuery().data ?? []).filter(({ archivedOn }) => archivedOn === null)
  const [fullest] = standing.toSorted((a, b) => b.transactionCount - a.transactionCount)
  return fullest ? `?portfolio=${fullest.id}` : ''
}
