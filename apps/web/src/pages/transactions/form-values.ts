import { fieldsOf } from '@pe/finance/ledger/check-transaction.ts'
import type { RecordedKind } from '@pe/finance/ledger/transaction.ts'
import { Decimal } from '@pe/finance/money/decimal.ts'
import type { Schema } from '@pe/sdk/client.ts'
import { readDecimal } from '../../hooks/read-decimal.ts'

/** What stands in the fields of the form, as typed. */
export interface FormValues {
  readonly kind: RecordedKind
  readonly state: 'posted' | 'draft'
  readonly accountId: string
  readonly toAccountId: string
  readonly date: string
  readonly instrumentId: string
  readonly quantity: string
  readonly price: string
  readonly amount: string
  readonly currency: string
  readonly fee: string
  readonly tax: string
  readonly receivedAmount: string
  readonly receivedCurrency: string
  readonly note: string
}

export type NumberField = 'quantity' | 'price' | 'amount' | 'fee' | 'tax' | 'receivedAmount'
const numberFields: readonly NumberField[] = ['quantity', 'price', 'amount', 'fee', 'tax', 'receivedAmount']

/** Which fields a kind of transaction takes: the very table by which the ledger refuses (finance/ledger/check-transaction.ts). */
export function shownFields(kind: RecordedKind) {
  const fields = fieldsOf[kind]
  const trade = fields.quantity === 'needed'
  return {
    instrument: fields.instrument !== 'none',
    quantity: fields.quantity !== 'none',
    price: trade,
    charges: fields.charges !== 'none',
    toAccount: fields.toAccount !== 'none',
    received: fields.received === 'needed',
  }
}

export function emptyForm(account: Schema<'Account'> | undefined, today: string): FormValues {
  return {
    kind: 'buy',
    state: 'posted',
    accountId: account?.id ?? '',
    toAccountId: '',
    date: today,
    instrumentId: '',
    quantity: '',
    price: '',
    amount: '',
    currency: account?.currency ?? '',
    fee: '',
    tax: '',
    receivedAmount: '',
    receivedCurrency: '',
    note: '',
  }
}

/** A recorded transaction as the form shows it; `write` gives a number the locale's decimal sign. */
export function formOf(recorded: Schema<'Transaction'>, write: (decimal: string) => string): FormValues {
  const number = (text: string | null) => (text === null || Decimal.parse(text).isZero() ? '' : write(text))
  const { quantity, price, amount } = recorded
  const reckoned = quantity !== null && price !== null && Decimal.parse(quantity).times(Decimal.parse(price)).equals(Decimal.parse(amount))
  return {
    kind: recorded.kind as RecordedKind,
    state: recorded.state === 'draft' ? 'draft' : 'posted',
    accountId: recorded.accountId,
    toAccountId: recorded.toAccountId ?? '',
    date: recorded.date,
    instrumentId: recorded.instrumentId ?? '',
    quantity: number(quantity),
    price: number(price),
    // What units and price give is left to them, so that changing either changes it.
    amount: reckoned ? '' : number(amount),
    currency: recorded.currency,
    fee: number(recorded.fee),
    tax: number(recorded.tax),
    receivedAmount: number(recorded.received?.amount ?? null),
    receivedCurrency: recorded.received?.currency ?? '',
    note: recorded.note,
  }
}

/** Fields whose text is no number, in the order of the form. */
export function misread(values: FormValues, locale: string): NumberField[] {
  return numberFields.filter((field) => values[field].trim() !== '' && readDecimal(values[field], locale) === null)
}

/** Quantity × price, while no amount is typed: what the server reckons too. Null when it cannot be told yet. */
export function grossAmount(values: FormValues, locale: string): Decimal | null {
  const [amount, quantity, price] = [values.amount, values.quantity, values.price].map((text) => readDecimal(text, locale))
  if (amount) return Decimal.parse(amount)
  return quantity && price && shownFields(values.kind).price ? Decimal.parse(quantity).times(Decimal.parse(price)) : null
}

/** What is sent: only the fields that the kind takes. What the form does not show of the transaction it corrects is kept. */
export function toTransaction(values: FormValues, locale: string, corrected: Schema<'Transaction'> | null): Schema<'NewTransaction'> {
  const shown = shownFields(values.kind)
  const number = (field: NumberField) => {
    const read = readDecimal(values[field], locale)
    return read === null ? {} : { [field]: read }
  }
  const kept = corrected && corrected.kind === values.kind ? keptOf(corrected) : {}
  const received = shown.received ? readDecimal(values.receivedAmount, locale) : null
  return {
    ...kept,
    kind: values.kind,
    state: values.state,
    date: values.date,
    currency: values.currency,
    ...(shown.instrument && values.instrumentId ? { instrumentId: values.instrumentId } : {}),
    ...(shown.quantity ? number('quantity') : {}),
    ...(shown.price ? number('price') : {}),
    ...number('amount'),
    ...(shown.charges ? { ...number('fee'), ...number('tax') } : {}),
    ...(shown.toAccount && values.toAccountId ? { toAccountId: values.toAccountId } : {}),
    ...(received ? { received: { amount: received, currency: values.receivedCurrency } } : {}),
    ...(values.note ? { note: values.note } : {}),
  }
}

export function keptOf({ time, cashAccountId, cashCurrency, rate, received }: Schema<'Transaction'>): Partial<Schema<'NewTransaction'>> {
  return {
    ...(time ? { time } : {}),
    ...(cashAccountId ? { cashAccountId } : {}),
    ...(cashCurrency ? { cashCurrency } : {}),
    ...(rate ? { rate } : {}),
    ...(received ? { received } : {}),
  }
}

/** A decimal with the locale's sign and nothing between thousands, as one would type it. */
export function plainly(decimal: string, locale: string): string {
  const text = decimal.includes('.') ? decimal.replace(/0+$/, '').replace(/\.$/, '') : decimal
  return text.replace('.', new Intl.NumberFormat(locale).formatToParts(1.5).find(({ type }) => type === 'decimal')?.value ?? '.')
}
