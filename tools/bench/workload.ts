import { existsSync } from 'node:fs'

/** What the generator makes (bench-workload.mjs): closes for every calendar day, weekends carried forward. */
export interface Workload {
  readonly symbols: readonly { readonly symbol: string; readonly currency: string }[]
  /** Milliseconds since 1970 of each day. */
  readonly days: readonly number[]
  readonly prices: readonly Float64Array[]
  readonly activities: readonly {
    readonly date: string
    readonly symbol: string
    readonly currency: string
    readonly type: 'BUY' | 'SELL' | 'DIVIDEND'
    readonly quantity: number
    readonly unitPrice: number
    readonly fee: number
  }[]
}

export interface WorkloadSize {
  readonly instruments: number
  readonly transactions: number
}

export const issueSize: WorkloadSize = { instruments: 100, transactions: 10_000 }

const generator = new URL('../../../shared/reference/bench-workload.mjs', import.meta.url)

export const generatorIsThere = existsSync(generator)

/** The same workload on every run: seed 42, ten years back from `today`. */
export async function workloadOf({ instruments, transactions }: WorkloadSize, today: string): Promise<Workload> {
  const { makeWorkload } = (await import(generator.href)) as { makeWorkload: (size: object) => Workload }
  return makeWorkload({ S: instruments, A: transactions, Y: 10, today, seed: 42 })
}

export function isoDay(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10)
}

const kinds = { BUY: 'buy', SELL: 'sell', DIVIDEND: 'dividend' } as const

/** The transactions as any broker's CSV. */
export function transactionsCsv({ activities }: Workload): string {
  const lines = activities.map(({ date, type, symbol, currency, quantity, unitPrice, fee }) =>
    [date, kinds[type], 'Bench', symbol, symbol, quantity, unitPrice, (quantity * unitPrice).toFixed(4), fee, currency].join(','),
  )
  return `date,kind,account,symbol,name,quantity,price,amount,fee,currency\n${lines.join('\n')}\n`
}

/** All closes as a CSV of prices. */
export function pricesCsv({ symbols, days, prices }: Workload): string {
  const dates = days.map(isoDay)
  const parts = symbols.map(({ symbol, currency }, s) =>
    dates.map((date, d) => `${date},${symbol},${symbol},${(prices[s] as Float64Array)[d]},${currency}`).join('\n'),
  )
  return `date,symbol,name,close,currency\n${parts.join('\n')}\n`
}

/** Transactions plus closes: what time should grow with. */
export function sizeOf({ activities, days, symbols }: Workload): number {
  return activities.length + days.length * symbols.length
}
