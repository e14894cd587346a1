import type { IconName } from '../Icon.tsx'

/** Where one can go: only what exists. `key` follows g. */
export const places = [
  { path: '/', name: 'home', icon: 'home', group: 'portfolio', key: 'd' },
  { path: '/holdings', name: 'holdings', icon: 'holdings', group: 'portfolio', key: 'h' },
  { path: '/performance', name: 'performance', icon: 'performance', group: 'portfolio', key: 'p' },
  { path: '/taxonomies', name: 'taxonomies', icon: 'taxonomies', group: 'portfolio', key: 'x' },
  { path: '/transactions', name: 'transactions', icon: 'transactions', group: 'book', key: 'a' },
  { path: '/gains', name: 'gains', icon: 'gains', group: 'book', key: 'r' },
  { path: '/lots', name: 'lots', icon: 'lots', group: 'book', key: 'l' },
  { path: '/cash', name: 'cash', icon: 'cash', group: 'portfolio', key: 'c' },
  { path: '/plans', name: 'plans', icon: 'clock', group: 'book', key: 'e' },
  { path: '/actions', name: 'actions', icon: 'split', group: 'book', key: 's' },
  { path: '/import', name: 'import', icon: 'import', group: 'book', key: 'i' },
  { path: '/portfolios', name: 'portfolios', icon: 'portfolios', group: 'book', key: 'o' },
  { path: '/settings', name: 'settings', icon: 'settings', group: 'app', key: ',' },
] as const satisfies readonly { path: string; name: string; icon: IconName; group: 'portfolio' | 'book' | 'app'; key: string }[]

/** What a phone's bar has room for; the rest stands in its sheet. */
export const inBar: ReadonlySet<string> = new Set(['home', 'holdings', 'performance', 'transactions', 'import'] satisfies Place['name'][])

export type Place = (typeof places)[number]
