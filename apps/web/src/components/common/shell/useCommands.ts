import { actionKinds } from '@pe/finance/actions/corporate-action.ts'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useScope } from '../../../hooks/useScope.ts'
import { useView } from '../../../hooks/useView.ts'
import { useAccountsQuery, useInstrumentsQuery, usePortfoliosQuery } from '../../../services/portfolio-api.ts'
import { languageChosen, privacyChosen, signsChosen, themeChosen } from '../../../store/preferences.ts'
import { useStoreDispatch, useStoreState } from '../../../store/store.ts'
import { useToast } from '../toast-context.ts'
import type { Command } from './commands.ts'
import { places } from './places.ts'

/** Everything the palette knows now: places, instruments, accounts, portfolios, actions. */
export function useCommands(openShortcuts: () => void): readonly Command[] {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const dispatch = useStoreDispatch()
  const { announce } = useToast()
  const { change, search } = useView()
  const state = useScope()
  const preferences = useStoreState((store) => store.preferences)
  const portfolios = usePortfoliosQuery().data ?? []
  const portfolioId = state.status === 'ready' ? state.scope.portfolio.id : undefined
  const accounts = useAccountsQuery(portfolioId ? { portfolioId } : {}, { skip: !portfolioId }).data ?? []
  const instruments = useInstrumentsQuery({}).data ?? []
  const dark = preferences.theme === 'dark'
  const otherLanguage = preferences.language === 'en' ? 'de' : 'en'
  const blue = preferences.signs === 'blue-orange'
  const to = (path: string) => () => navigate(`${path}${search}`)
  return [
    {
      id: 'new',
      group: 'do',
      icon: 'plus',
      words: t('shell.commands.newTransaction'),
      keys: ['n'],
      run: () => navigate(`/transactions${withNew(search)}`),
    },
    {
      id: 'action',
      group: 'do',
      icon: 'plus',
      words: t('shell.commands.newAction'),
      also: actionKinds.map((kind) => t(`actions.kind.${kind}`)).join(' '),
      run: () => navigate(`/actions${withNew(search)}`),
    },
    { id: 'import', group: 'do', icon: 'import', words: t('shell.commands.importFile'), run: to('/import') },
    ...places.map(
      (place): Command => ({
        id: `place ${place.path}`,
        group: 'goTo',
        icon: place.icon,
        words: t(`shell.places.${place.name}`),
        keys: ['g', place.key],
        run: to(place.path),
      }),
    ),
    ...instruments.map(
      (instrument): Command => ({
        id: instrument.id,
        group: 'goTo',
        icon: 'performance',
        words: instrument.name,
        hint: [instrument.symbol, instrument.isin].filter(Boolean).join(' · '),
        run: () => navigate(`/performance${withInstrument(search, instrument.id)}`),
      }),
    ),
    // An account stands once and leads to its page; to narrow the screen to it is what the scope in the bar does.
    ...accounts.map(
      (account): Command => ({
        id: account.id,
        group: 'goTo',
        icon: 'table',
        words: account.name,
        hint: `${t('account.page')}, ${account.currency}`,
        run: to(`/accounts/${account.id}`),
      }),
    ),
    ...portfolios.map(
      (portfolio): Command => ({
        id: portfolio.id,
        group: 'goTo',
        icon: 'home',
        words: portfolio.name,
        hint: `${t('shell.scope.portfolios')}, ${portfolio.baseCurrency}`,
        run: () => change({ portfolio: portfolio.id, account: null, instrument: null }),
      }),
    ),
    ...(['shown', 'masked', 'scrambled'] as const)
      .filter((privacy) => privacy !== preferences.privacy)
      .map(
        (privacy): Command => ({
          id: privacy,
          group: 'always',
          icon: privacy === 'shown' ? 'eye' : privacy === 'masked' ? 'eyeOff' : 'eyeScrambled',
          words: t(`shell.commands.${privacyWords[privacy]}`),
          keys: ['.'],
          run: () => dispatch(privacyChosen(privacy)),
        }),
      ),
    {
      id: 'theme',
      group: 'always',
      icon: dark ? 'sun' : 'moon',
      words: t(dark ? 'shell.theme.toLight' : 'shell.theme.toDark'),
      run: () => dispatch(themeChosen(dark ? 'light' : 'dark')),
    },
    {
      id: 'signs',
      group: 'always',
      icon: 'eye',
      words: t(blue ? 'shell.commands.signsGreenRed' : 'shell.commands.signsBlueOrange'),
      run: () => dispatch(signsChosen(blue ? 'green-red' : 'blue-orange')),
    },
    {
      id: 'language',
      group: 'always',
      icon: 'file',
      words: t(`shell.language.${otherLanguage}`),
      hint: t('shell.language.label'),
      run: () => dispatch(languageChosen(otherLanguage)),
    },
    {
      id: 'link',
      group: 'always',
      icon: 'copy',
      words: t('shell.commands.copyLink'),
      run: () => navigator.clipboard.writeText(location.href).then(() => announce({ message: t('shell.commands.linkCopied') })),
    },
    { id: 'shortcuts', group: 'always', icon: 'keys', words: t('shell.commands.shortcuts'), keys: ['?'], run: openShortcuts },
  ]
}

const privacyWords = { shown: 'showAmounts', masked: 'hideAmounts', scrambled: 'scrambleAmounts' } as const

function withInstrument(search: string, id: string): string {
  const parts = new URLSearchParams(search)
  parts.set('instrument', id)
  return `?${parts}`
}

/** The transactions page opens its form for a new one when the address says so. */
export function withNew(search: string): string {
  const parts = new URLSearchParams(search)
  parts.set('new', '1')
  return `?${parts}`
}
