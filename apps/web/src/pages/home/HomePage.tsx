import { useTranslation } from 'react-i18next'
import { PageState } from '../../components/portfolio/PageState.tsx'
import { EmptyHome } from './EmptyHome.tsx'
import { HomeFigures } from './HomeFigures.tsx'

/** What it is worth, what made it so. */
export default function HomePage() {
  const { t } = useTranslation()
  return (
    <>
      <h1 className="sr">{t('home.title')}</h1>
      <PageState empty={(today) => <EmptyHome today={today} currency={null} />}>
        {(scope) =>
          scope.portfolio.transactionCount === 0 ? <EmptyHome today={scope.to} currency={scope.currency} /> : <HomeFigures scope={scope} />
        }
      </PageState>
    </>
  )
}
