/** Every need of SHAPES.md, and whether the engine meets it: the one list to change when it learns something. */
const needs: Record<string, boolean> = {
  cash: true,
  fifo: true,
  'average-cost': true,
  dividend: true,
  fee: true,
  tax: true,
  'tax-in-cost': true,
  transfer: true,
  delivery: true,
  fx: true,
  'recorded-rate': true,
  short: true,
  oversell: true,
  split: true,
  drip: true,
  'in-kind-dividend': true,
  credit: false,
  debt: true,
  'option-multiplier': false,
  'minor-unit': true,
  'time-zone': true,
  'transaction-state': true,
  'signed-amount': true,
  'quantity-epsilon': false,
  'look-ahead-close': true,
  'holdings-only': true,
  'period-gains': true,
  twr: true,
  xirr: true,
  drawdown: true,
  volatility: true,
  'dividend-rhythm': true,
  'trades-view': true,
  'ghostfolio-percentages': true,
}

export function isNeed(name: string): boolean {
  return Object.hasOwn(needs, name)
}

/** Those of the needs that the engine does not meet yet. */
export function missingOf(wanted: readonly string[]): string[] {
  return [...new Set(wanted)].filter((name) => needs[name] !== true)
}
