import { closeColumn } from '@pe/finance/kernel/columns.ts'
import type { ValuationInput } from '@pe/finance/kernel/daily-valuation.ts'
import { packLedger } from '@pe/finance/kernel/packed-ledger.ts'
import type { LedgerTransaction } from '@pe/finance/ledger/transaction.ts'
import { currency, quoteUnit } from '@pe/finance/money/currency.ts'
import { Decimal } from '@pe/finance/money/decimal.ts'
import { plainDate } from '@pe/finance/time/plain-date.ts'
import type { Workload } from './workload.ts'

const dayMilliseconds = 86_400_000
const usd = currency('USD')
const kinds = { BUY: 'delivery-in', SELL: 'delivery-out', DIVIDEND: 'dividend' } as const

export function ledgerOf({ activities }: Workload): LedgerTransaction[] {
  return activities.map(({ date, type, symbol, quantity, unitPrice, fee }, index) => ({
    id: String(index),
    kind: kinds[type],
    date: plainDate(date),
    accountId: 'Bench',
    instrumentId: symbol,
    quantity: Decimal.parse(String(quantity)),
    amount: Decimal.parse((quantity * unitPrice).toFixed(4)),
    currency: usd,
    fee: Decimal.parse(String(fee)),
    tax: Decimal.zero,
  }))
}

/** What the daily valuation works on, as it stands once the data is loaded: columns. */
export function kernelInput(workload: Workload, ledger: readonly LedgerTransaction[]): ValuationInput {
  const unit = quoteUnit('USD')
  if (!unit) throw new Error('USD is a currency')
  const days = workload.days.map((day) => Math.round(day / dayMilliseconds))
  const closes = new Map(
    workload.symbols.map(({ symbol }, s) => [
      symbol,
      closeColumn(
        unit,
        days.map((day, d) => ({ day, value: String((workload.prices[s] as Float64Array)[d]) })),
      ),
    ]),
  )
  const [firstDay, lastDay] = [days[0] as number, days.at(-1) as number]
  return { scope: { accountIds: new Set(['Bench']) }, ledger: packLedger(ledger), closes, rates: [], currency: usd, firstDay, lastDay }
}
