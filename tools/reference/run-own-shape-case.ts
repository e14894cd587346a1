import { UnknownShape } from './book/shapes.ts'
import type { OwnShapeCase } from './own-shape.ts'
import { returnsRunners } from './run-returns-case.ts'
import { type Verdict, waitingFor } from './verdict.ts'

/** Types that SHAPES.md names and we do not compute yet, by the subject that they wait for. */
const awaited: Readonly<Record<string, readonly string[]>> = {
  attribution: [
    'single_period',
    'multi_period_linked',
    'linking_only',
    'currency_karnosky_singer_additive',
    'fixed_income_weighted_duration',
    'fixed_income_pnl_explain',
    'factor_return_attribution',
  ],
  var: [
    'var_es_univariate',
    'component_var_es',
    'covariance_estimators',
    'kupiec_pof',
    'kupiec_regions',
    'basel_traffic_light',
    'traffic_light_general',
    'christoffersen',
    'rolling_backtest',
    'monte_carlo_given_draws',
    'historical_scenario_replay',
    'factor_shock_beta',
    'propagated_shock',
    'fx_shock',
  ],
  rebalance: [
    'full_rebalance_fractional',
    'full_rebalance_whole_lots',
    'cash_flow_only',
    'drift_bands',
    'min_number_of_trades',
    'tax_lots',
    'rebalance_with_proportional_cost',
    'exposure',
    'gross_net_exposure',
    'optimizers',
    'optimizer_infeasible',
    'optimizers_edge',
  ],
  'bond-option': ['fixed_rate_bond_30_360', 'black_scholes_merton'],
}

const subjectOf = new Map(Object.entries(awaited).flatMap(([subject, types]) => types.map((type) => [type, subject] as const)))

/** Runs one case by its type; throws UnknownShape for a type that SHAPES.md does not name. */
export function runOwnShapeCase(reference: OwnShapeCase): Verdict {
  const runner = Object.hasOwn(returnsRunners, reference.type) ? returnsRunners[reference.type] : undefined
  if (runner) return runner(reference)
  const subject = subjectOf.get(reference.type)
  if (subject === undefined) throw new UnknownShape(`type ${JSON.stringify(reference.type)} is not in the shapes`)
  return waitingFor([subject])
}
