import '../../styles/transactions.css'
import '../../styles/actions.css'
import type { Problem } from '@pe/sdk/client.ts'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { Icon } from '../../components/common/Icon.tsx'
import { ProblemNote } from '../../components/common/ProblemNote.tsx'
import { Skeleton } from '../../components/common/Waiting.tsx'
import { AppliedActions } from '../../components/portfolio/AppliedActions.tsx'
import { PageState } from '../../components/portfolio/PageState.tsx'
import type { Scope } from '../../hooks/useScope.ts'
import { useAppliedActionsQuery } from '../../services/actions-api.ts'
import { FirstBook } from '../transactions/FirstBook.tsx'
import { ActionWizard } from './ActionWizard.tsx'

/** Corporate actions of the portfolio; the wizard opens where the address says `new=1`, for the instrument in view. */
export default function ActionsPage() {
  return <PageState empty={() => <FirstBook />}>{(scope) => <Actions scope={scope} />}</PageState>
}

function Actions({ scope: { portfolio, view, today } }: { scope: Scope }) {
  const { t } = useTranslation()
  const [params, setParams] = useSearchParams()
  const asked = params.get('new') === '1'
  const ask = (on: boolean) =>
    setParams((before) => {
      const next = new URLSearchParams(before)
      if (on) next.set('new', '1')
      else next.delete('new')
      return next
    })
  const { data: applications, error, refetch } = useAppliedActionsQuery({ portfolioId: portfolio.id })
  return (
    <>
      <div className="page-head">
        <h1>{t('actions.title')}</h1>
        <span className="end">
          {asked ? null : (
            <button type="button" className="btn pri" onClick={() => ask(true)}>
              <Icon name="plus" small />
              {t('actions.new')}
            </button>
          )}
        </span>
      </div>
      {asked ? (
        <section className="action-wizard" aria-label={t('actions.newOne')}>
          <h2>{t('actions.newOne')}</h2>
          <ActionWizard
            key={view.instrumentId ?? ''}
            instrumentId={view.instrumentId ?? ''}
            portfolio={portfolio}
            today={today}
            done={() => ask(false)}
          />
        </section>
      ) : null}
      {error ? <ProblemNote problem={error as Problem} retry={refetch} /> : null}
      {!applications && !error ? <Skeleton chart={false} rows={4} /> : null}
      {applications?.length === 0 ? <p className="note calm">{t('actions.nothingYet')}</p> : null}
      {applications && applications.length > 0 ? <AppliedActions applications={applications} /> : null}
    </>
  )
}
