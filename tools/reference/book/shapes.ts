/** The uniform shape of SHAPES.md as data: a name that does not stand here makes a case an unknown shape. */

/** A case whose shape we do not know: an error of the file or of ours, never a figure. */
export class UnknownShape extends Error {
  override readonly name = 'UnknownShape'
}

export const optionValues: Readonly<Record<string, readonly string[] | 'currency' | 'decimal'>> = {
  costMethod: ['fifo', 'average-cost'],
  fees: ['included', 'excluded'],
  taxes: ['excluded', 'included'],
  basis: ['purchase', 'period'],
  rounding: ['none', 'minorUnit'],
  beforeFirst: ['unknown', 'first', 'lastTrade'],
  flowTiming: ['split', 'start', 'end', 'half'],
  conversion: ['ownDay', 'closingDay'],
  currencyPart: ['onCost', 'onValue'],
  currency: 'currency',
  period: ['week'],
  quantityEpsilon: 'decimal',
}

export const transactionFields = new Set(
  'date time zone type account instrument quantity price amount currency fee tax cashCurrency rate from to received new old state'.split(
    ' ',
  ),
)

/** Every transaction type, with what it needs beyond a plain book. */
export const transactionTypes: Readonly<Record<string, string | null>> = {
  deposit: null,
  withdrawal: null,
  buy: null,
  sell: null,
  'delivery-in': null,
  'delivery-out': null,
  dividend: null,
  'dividend-reinvested': null,
  'dividend-in-kind': null,
  interest: null,
  'interest-in-kind': null,
  fee: null,
  'fee-refund': null,
  tax: null,
  'tax-refund': null,
  credit: 'credit',
  'credit-rebate': 'credit',
  'credit-bonus': 'credit',
  transfer: null,
  split: null,
}

export const scopeKeys = new Set(['account', 'instrument', 'currency', 'lot', 'trade'])
export const bookKeys = new Set(['baseCurrency', 'zone', 'accounts', 'instruments', 'closes', 'rates', 'transactions'])
export const expectationKeys = new Set('figure scope date from to options value reason tolerance peer needs'.split(' '))

/** Figures that belong to a capability of their own. */
export const figureNeeds: Readonly<Record<string, string>> = {
  dividendRhythm: 'dividend-rhythm',
  dividendYieldOnCost: 'dividend-rhythm',
  splitPrice: 'split',
  splitQuantity: 'split',
  tradeSide: 'trades-view',
  tradeClosed: 'trades-view',
  tradeQuantity: 'trades-view',
  tradeEntry: 'trades-view',
  tradeExit: 'trades-view',
  tradeProfit: 'trades-view',
  tradeReturn: 'trades-view',
  tradeXirr: 'trades-view',
  'ghostfolio:timeWeightedInvestment': 'ghostfolio-percentages',
  'ghostfolio:grossPercentage': 'ghostfolio-percentages',
  'ghostfolio:netPercentage': 'ghostfolio-percentages',
  'ghostfolio:netPercentageOfRange': 'ghostfolio-percentages',
  'ghostfolio:liabilities': 'ghostfolio-percentages',
}

export function onlyKnown(names: Iterable<string>, known: ReadonlySet<string>, what: string): void {
  for (const name of names) if (!known.has(name)) throw new UnknownShape(`${what} ${JSON.stringify(name)} is not in the shapes`)
}
