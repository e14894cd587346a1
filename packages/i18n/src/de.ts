import account from './de/account.json' with { type: 'json' }
import actions from './de/actions.json' with { type: 'json' }
import cash from './de/cash.json' with { type: 'json' }
import entry from './de/entry.json' with { type: 'json' }
import explain from './de/explain.json' with { type: 'json' }
import figures from './de/figures.json' with { type: 'json' }
import gains from './de/gains.json' with { type: 'json' }
import history from './de/history.json' with { type: 'json' }
import holdings from './de/holdings.json' with { type: 'json' }
import home from './de/home.json' with { type: 'json' }
import identity from './de/identity.json' with { type: 'json' }
import imports from './de/import.json' with { type: 'json' }
import kind from './de/kind.json' with { type: 'json' }
import organisation from './de/organisation.json' with { type: 'json' }
import performance from './de/performance.json' with { type: 'json' }
import person from './de/person.json' with { type: 'json' }
import plans from './de/plans.json' with { type: 'json' }
import portfolios from './de/portfolios.json' with { type: 'json' }
import problem from './de/problem.json' with { type: 'json' }
import settings from './de/settings.json' with { type: 'json' }
import sheet from './de/sheet.json' with { type: 'json' }
import shell from './de/shell.json' with { type: 'json' }
import table from './de/table.json' with { type: 'json' }
import taxonomies from './de/taxonomies.json' with { type: 'json' }
import transactions from './de/transactions.json' with { type: 'json' }
import waiting from './de/waiting.json' with { type: 'json' }
import warning from './de/warning.json' with { type: 'json' }

/** One file an area; `t('home.title')` reads `title` in home.json. */
export const de = {
  account,
  actions,
  cash,
  entry,
  explain,
  figures,
  gains,
  history,
  holdings,
  home,
  identity,
  import: imports,
  kind,
  organisation,
  performance,
  person,
  plans,
  portfolios,
  problem,
  settings,
  sheet,
  shell,
  table,
  taxonomies,
  transactions,
  waiting,
  warning,
}
