import account from './en/account.json' with { type: 'json' }
import actions from './en/actions.json' with { type: 'json' }
import cash from './en/cash.json' with { type: 'json' }
import entry from './en/entry.json' with { type: 'json' }
import explain from './en/explain.json' with { type: 'json' }
import figures from './en/figures.json' with { type: 'json' }
import gains from './en/gains.json' with { type: 'json' }
import history from './en/history.json' with { type: 'json' }
import holdings from './en/holdings.json' with { type: 'json' }
import home from './en/home.json' with { type: 'json' }
import identity from './en/identity.json' with { type: 'json' }
import imports from './en/import.json' with { type: 'json' }
import kind from './en/kind.json' with { type: 'json' }
import organisation from './en/organisation.json' with { type: 'json' }
import performance from './en/performance.json' with { type: 'json' }
import person from './en/person.json' with { type: 'json' }
import plans from './en/plans.json' with { type: 'json' }
import portfolios from './en/portfolios.json' with { type: 'json' }
import problem from './en/problem.json' with { type: 'json' }
import settings from './en/settings.json' with { type: 'json' }
import sheet from './en/sheet.json' with { type: 'json' }
import shell from './en/shell.json' with { type: 'json' }
import table from './en/table.json' with { type: 'json' }
import taxonomies from './en/taxonomies.json' with { type: 'json' }
import transactions from './en/transactions.json' with { type: 'json' }
import waiting from './en/waiting.json' with { type: 'json' }
import warning from './en/warning.json' with { type: 'json' }

/** One file an area; `t('home.title')` reads `title` in home.json. */
export const en = {
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
