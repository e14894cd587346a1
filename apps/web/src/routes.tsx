import { lazy } from 'react'
import type { RouteObject } from 'react-router'
import { Shell } from './components/common/shell/Shell.tsx'
import { NotFound } from './pages/NotFound.tsx'

const HomePage = lazy(() => import('./pages/home/HomePage.tsx'))
const HoldingsPage = lazy(() => import('./pages/holdings/HoldingsPage.tsx'))
const PerformancePage = lazy(() => import('./pages/performance/PerformancePage.tsx'))
const TransactionsPage = lazy(() => import('./pages/transactions/TransactionsPage.tsx'))
const TransactionPage = lazy(() => import('./pages/transactions/one/TransactionPage.tsx'))
const SheetPage = lazy(() => import('./pages/transactions/sheet/SheetPage.tsx'))
const RealisedGainsPage = lazy(() => import('./pages/gains/RealisedGainsPage.tsx'))
const LotsPage = lazy(() => import('./pages/gains/LotsPage.tsx'))
const ActionsPage = lazy(() => import('./pages/actions/ActionsPage.tsx'))
const TaxonomiesPage = lazy(() => import('./pages/taxonomies/TaxonomiesPage.tsx'))
const PortfoliosPage = lazy(() => import('./pages/portfolios/PortfoliosPage.tsx'))
const AccountPage = lazy(() => import('./pages/accounts/AccountPage.tsx'))
const CashPage = lazy(() => import('./pages/cash/CashPage.tsx'))
const PlansPage = lazy(() => import('./pages/plans/PlansPage.tsx'))
const SettingsPage = lazy(() => import('./pages/settings/SettingsPage.tsx'))
const ImportPage = lazy(() => import('./pages/import/ImportPage.tsx'))

/** Each page is a chunk of its own. */
export const routes: RouteObject[] = [
  {
    element: <Shell />,
    children: [
      { index: true, element: <HomePage /> },
      { path: 'holdings', element: <HoldingsPage /> },
      { path: 'performance', element: <PerformancePage /> },
      { path: 'transactions', element: <TransactionsPage /> },
      { path: 'transactions/sheet', element: <SheetPage /> },
      { path: 'transactions/:transactionId', element: <TransactionPage /> },
      { path: 'gains', element: <RealisedGainsPage /> },
      { path: 'lots', element: <LotsPage /> },
      { path: 'actions', element: <ActionsPage /> },
      { path: 'taxonomies', element: <TaxonomiesPage /> },
      { path: 'portfolios', element: <PortfoliosPage /> },
      { path: 'accounts/:accountId', element: <AccountPage /> },
      { path: 'cash', element: <CashPage /> },
      { path: 'plans', element: <PlansPage /> },
      { path: 'import', element: <ImportPage /> },
      { path: 'settings', element: <SettingsPage /> },
      { path: '*', element: <NotFound /> },
    ],
  },
]
