import { type TransactionKind, transactionKinds } from '../ledger/transaction.ts'

/** What each kind of transaction does, as columns by its code: the index in `transactionKinds`. */
export type KindCode = number

export function codeOf(kind: TransactionKind): KindCode {
  return codes.get(kind) ?? -1
}

const codes = new Map<string, number>(transactionKinds.map((kind, code) => [kind, code]))

export const transferCode: KindCode = codeOf('transfer')
export const exchangeCode: KindCode = codeOf('currency-exchange')
export const splitCode: KindCode = codeOf('split')
export const conversionCode: KindCode = codeOf('conversion')

/** Signs of amount, fee and tax: three entries per kind. */
export type Signs = Int8Array

const cost = [1, 1, 1] as const
const proceeds = [-1, 1, 1] as const

/** Into the account of cash; what a transfer or an exchange pays out comes on top. */
export const cashSigns: Signs = signs({
  buy: [-1, -1, -1],
  sell: [1, -1, -1],
  deposit: [1, -1, -1],
  withdrawal: [-1, -1, -1],
  dividend: [1, -1, -1],
  interest: [1, -1, -1],
  'interest-charge': [-1, -1, -1],
  fee: [-1, 0, 0],
  tax: [-1, 0, 0],
  'fee-refund': [1, 0, 0],
  'tax-refund': [1, 0, 0],
  transfer: [0, -1, -1],
  'currency-exchange': [0, -1, -1],
  'return-of-capital': [1, -1, -1],
  split: [0, -1, -1],
  conversion: [1, -1, -1],
})

/** Flows of a scope that holds both the units and the cash. */
export const externalSigns: Signs = signs({ deposit: [1, 0, 0], withdrawal: [-1, 0, 0], 'delivery-in': cost, 'delivery-out': proceeds })

/** Flows of a scope that holds the units but not the cash: trades are deliveries, income leaves, costs are offset. */
export const unitSideSigns: Signs = signs({
  buy: cost,
  sell: proceeds,
  deposit: [0, 1, 1],
  withdrawal: [0, 1, 1],
  dividend: proceeds,
  interest: proceeds,
  'interest-charge': cost,
  fee: [1, 0, 0],
  tax: [1, 0, 0],
  'fee-refund': [-1, 0, 0],
  'tax-refund': [-1, 0, 0],
  transfer: [0, 1, 1],
  'currency-exchange': [0, 1, 1],
  'delivery-in': cost,
  'delivery-out': proceeds,
  'return-of-capital': proceeds,
  split: [0, 1, 1],
  conversion: proceeds,
})

/** Flows of one instrument: before tax, after fees. */
export const instrumentSigns: Signs = signs({
  buy: [1, 1, 0],
  sell: [-1, 1, 0],
  dividend: [-1, 1, 0],
  interest: [-1, 1, 0],
  'interest-charge': [1, 1, 0],
  fee: [1, 0, 0],
  'fee-refund': [-1, 0, 0],
  'delivery-in': [1, 1, 0],
  'delivery-out': [-1, 1, 0],
  'return-of-capital': [-1, 1, 0],
})

/** Units that come (1) or go (−1); a transfer does both, elsewhere. Derived quantities carry their own sign. */
export const unitDirections: Int8Array = Int8Array.from(transactionKinds, (kind) =>
  kind === 'buy' || kind === 'delivery-in' || kind === 'split' || kind === 'conversion'
    ? 1
    : kind === 'sell' || kind === 'delivery-out'
      ? -1
      : 0,
)

function signs(table: Readonly<Partial<Record<TransactionKind, readonly [number, number, number]>>>): Signs {
  return Int8Array.from(transactionKinds.flatMap((kind) => table[kind] ?? [0, 0, 0]))
}
