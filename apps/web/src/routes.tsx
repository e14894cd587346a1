import { lazy, Suspense } from 'react'
import { Outlet, type RouteObject } from 'react-router'
import { Shell } from './components/common/shell/Shell.tsx'
import { SignedIn } from './components/identity/SignedIn.tsx'
import { NotFound } from './pages/NotFound.tsx'
import { takeLinkToken } from './services/link-token.ts'

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
const SettingsFrame = lazy(() => import('./pages/settings/SettingsFrame.tsx'))
const SettingsPage = lazy(() => import('./pages/settings/SettingsPage.tsx'))
const ProfilePage = lazy(() => import('./pages/me/ProfilePage.tsx'))
const SecurityPage = lazy(() => import('./pages/me/SecurityPage.tsx'))
const OrganisationPage = lazy(() => import('./pages/organisation/OrganisationPage.tsx'))
const ApiKeysPage = lazy(() => import('./pages/organisation/ApiKeysPage.tsx'))
const ImportPage = lazy(() => import('./pages/import/ImportPage.tsx'))
const SignInPage = lazy(() => import('./pages/entry/SignInPage.tsx'))
const SetUpPage = lazy(() => import('./pages/entry/SetUpPage.tsx'))
const WelcomePage = lazy(() => import('./pages/entry/WelcomePage.tsx'))
const ResetPasswordPage = lazy(() => import('./pages/entry/ResetPasswordPage.tsx'))
const VerifyEmailPage = lazy(() => import('./pages/entry/VerifyEmailPage.tsx'))
const AcceptInvitationPage = lazy(() => import('./pages/entry/AcceptInvitationPage.tsx'))

/** Screens that a link with a token leads to. */
const byLink = { loader: takeLinkToken, HydrateFallback: () => null }

/** Each page is a chunk of its own. */
export const routes: RouteObject[] = [
  {
    element: (
      <Suspense>
        <Outlet />
      </Suspense>
    ),
    children: [
      { path: 'sign-in', element: <SignInPage /> },
      { path: 'set-up', element: <SetUpPage />, ...byLink },
      { path: 'reset-password', element: <ResetPasswordPage />, ...byLink },
      { path: 'verify-email', element: <VerifyEmailPage />, ...byLink },
      { path: 'invitation', element: <AcceptInvitationPage />, ...byLink },
      {
        path: 'welcome',
        element: (
          <SignedIn>
            <WelcomePage />
          </SignedIn>
        ),
      },
    ],
  },
  {
    element: (
      <SignedIn>
        <Shell />
      </SignedIn>
    ),
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
      {
        path: 'settings',
        element: <SettingsFrame />,
        children: [
          { index: true, element: <SettingsPage /> },
          { path: 'me', element: <ProfilePage /> },
          { path: 'security', element: <SecurityPage /> },
          { path: 'organisation', element: <OrganisationPage /> },
          { path: 'api-keys', element: <ApiKeysPage /> },
        ],
      },
      { path: '*', element: <NotFound /> },
    ],
  },
]
