import '../../styles/actions.css'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { AppliedActions } from '../../components/portfolio/AppliedActions.tsx'
import { useView } from '../../hooks/useView.ts'
import { useAppliedActionsQuery } from '../../services/actions-api.ts'

/** What corporate actions brought into these accounts stands with the journal, in rows of its own; undone ones too. */
export function JournalActions({ portfolioId }: { portfolioId: string }) {
  const { t } = useTranslation()
  const { view, search } = useView()
  const asked = {
    portfolioId,
    ...(view.accountId ? { accountId: view.accountId } : {}),
    ...(view.instrumentId ? { instrumentId: view.instrumentId } : {}),
  }
  const applications = useAppliedActionsQuery(asked).data ?? []
  if (applications.length === 0)
    return (
      <p className="actions-of-journal">
        <Link to={`/actions${search}`}>{t('actions.title')}</Link>
      </p>
    )
  const standing = applications.filter(({ undoneAt }) => undoneAt === null).length
  const undone = applications.length - standing
  const summary = [
    ...(standing > 0 ? [t('actions.ofJournal', { count: standing })] : []),
    ...(undone > 0 ? [t('actions.undoneOfJournal', { count: undone })] : []),
  ].join(', ')
  return (
    <details className="actions-of-journal">
      <summary>{summary}</summary>
      <AppliedActions applications={applications} />
      <Link to={`/actions${search}`}>{t('actions.title')}</Link>
    </details>
  )
}
