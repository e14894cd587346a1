import '../../styles/transactions.css'
import '../../styles/portfolios.css'
import type { Problem, Schema } from '@pe/sdk/client.ts'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { ProblemNote } from '../../components/common/ProblemNote.tsx'
import { Skeleton } from '../../components/common/Waiting.tsx'
import { useScope } from '../../hooks/useScope.ts'
import { useAccountsQuery, usePortfoliosQuery } from '../../services/portfolio-api.ts'
import { AccountArchive } from './AccountArchive.tsx'
import { PortfolioForm } from './PortfolioForm.tsx'

/** Which of them is open stands in the address: an id, or `new` and `new-group`. */
export default function PortfoliosPage() {
  const { t } = useTranslation()
  const state = useScope()
  const portfolios = usePortfoliosQuery()
  const accounts = useAccountsQuery({})
  const [search, setSearch] = useSearchParams()
  const open = search.get('open') ?? (state.status === 'ready' ? state.scope.portfolio.id : 'new')
  const choose = (id: string) =>
    setSearch((before) => {
      const after = new URLSearchParams(before)
      after.set('open', id)
      return after
    })
  const problem = portfolios.error ?? accounts.error
  const retry = () => {
    portfolios.refetch()
    accounts.refetch()
  }
  return (
    <>
      <div className="page-head">
        <h1>{t('portfolios.title')}</h1>
      </div>
      <p className="muted pf-why">{t('portfolios.why')}</p>
      {problem ? <ProblemNote problem={problem as Problem} retry={retry} /> : null}
      {portfolios.data && accounts.data ? (
        <div className="pf-cols">
          <nav aria-label={t('portfolios.list')} className="pf-list">
            <List portfolios={portfolios.data} open={open} choose={choose} />
          </nav>
          <PortfolioForm
            key={open}
            portfolio={portfolios.data.find(({ id }) => id === open) ?? null}
            asGroup={open === 'new-group'}
            portfolios={portfolios.data}
            accounts={accounts.data}
            made={choose}
          />
          <AccountArchive accounts={accounts.data} />
        </div>
      ) : (
        <Skeleton chart={false} rows={8} />
      )}
    </>
  )
}

interface ListProps {
  readonly portfolios: readonly Schema<'Portfolio'>[]
  readonly open: string
  readonly choose: (id: string) => void
}

function List({ portfolios, open, choose }: ListProps) {
  const { t } = useTranslation()
  const standing = portfolios.filter(({ archivedOn }) => archivedOn === null)
  const parts = [
    ['portfolios.title', standing.filter(({ type }) => type !== 'group')],
    ['portfolios.groups', standing.filter(({ type }) => type === 'group')],
    ['portfolios.archived', portfolios.filter(({ archivedOn }) => archivedOn !== null)],
  ] as const
  return (
    <>
      {parts.map(([title, some]) =>
        some.length === 0 ? null : (
          <section key={title}>
            <h2>{t(title)}</h2>
            <ul>
              {some.map(({ id, name, baseCurrency }) => (
                <li key={id}>
                  <button type="button" aria-current={id === open} onClick={() => choose(id)}>
                    <span>{name}</span>
                    <small className="muted">{baseCurrency}</small>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        ),
      )}
      <div className="pf-new">
        <button type="button" className="btn" onClick={() => choose('new')}>
          {t('portfolios.newPortfolio')}
        </button>
        <button type="button" className="btn" onClick={() => choose('new-group')}>
          {t('portfolios.newGroup')}
        </button>
      </div>
    </>
  )
}
