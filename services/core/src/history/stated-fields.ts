import type { FieldChange } from '@pe/contracts/history.ts'
import type { TransactionRow } from '../store/transactions.ts'

type Fields = ReadonlyMap<string, string | null>

/** What a person stated, field by field as text: of an event as of one statement, whose units are those of its purchase. */
export function statedFields(rows: readonly TransactionRow[]): Fields {
  const income = rows.find(({ leg }) => leg === 'income') ?? rows[0]
  if (!income) return new Map()
  const purchase = rows.find(({ leg }) => leg === 'purchase') ?? income
  const money = (amount: string | null, currency: string | null): string | null => (amount === null ? null : `${amount} ${currency}`)
  const { rate, rateFrom, rateTo, currency } = income
  return new Map(
    Object.entries({
      kind: income.eventKind ?? income.kind,
      state: income.recordedState,
      date: income.date,
      time: income.time,
      accountId: income.accountId,
      cashAccountId: income.cashAccountId,
      toAccountId: income.toAccountId,
      instrumentId: income.instrumentId,
      receivedInstrumentId: purchase.instrumentId === income.instrumentId ? null : purchase.instrumentId,
      quantity: purchase.quantity,
      price: purchase.price,
      amount: money(income.amount, currency),
      fee: money(income.fee, currency),
      tax: money(income.tax, currency),
      charges:
        income.charges?.map((part) => `${part.kind} ${part.amount} ${part.currency}${part.rate ? ` × ${part.rate}` : ''}`).join(', ') ??
        null,
      cashCurrency: income.cashCurrency,
      received: money(income.receivedAmount, income.receivedCurrency),
      rate: rate === null ? null : `1 ${rateFrom} = ${rate} ${rateTo}`,
      lots: income.lots?.map((lot) => `${lot.quantity} of ${lot.transactionId}`).join(', ') ?? null,
      note: income.note === '' ? null : income.note,
    }),
  )
}

/** The fields that differ, in the order in which they are stated. */
export function changesBetween(before: Fields, after: Fields): FieldChange[] {
  const fields = [...new Set([...before.keys(), ...after.keys()])]
  return fields
    .map((field) => ({ field, before: before.get(field) ?? null, after: after.get(field) ?? null }))
    .filter((change) => change.before !== change.after)
}
