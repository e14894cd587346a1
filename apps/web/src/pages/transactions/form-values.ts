import { fieldsOf } from '@pe/finance/ledger/check-transaction.ts'
import type { EventKind } from '@pe/finance/ledger/event-legs.ts'
import type { RecordedKind } from '@pe/finance/ledger/transaction.ts'
import { Decimal } from '@pe/finance/money/decimal.ts'
import type { Schema } from '@pe/sdk/client.ts'
import { readDecimal } from '../../hooks/read-decimal.ts'
import { type ChargeValues, chargesIn, toCharges } from './charge-values.ts'
import { isEvent, type Stated, toEvent } from './event-values.ts'
import { type JournalRow, kindOf } from './journal-rows.ts'

/** What stands in the fields of the form, as typed. */
export interface FormValues {
  readonly kind: RecordedKind | EventKind
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
  /** Of an event: the instrument received, empty when it is the one that paid. */
  readonly receivedInstrumentId: string
  readonly charges: readonly ChargeValues[]
}

export type NumberField = 'quantity' | 'price' | 'amount' | 'fee' | 'tax' | 'receivedAmount'
const numberFields: readonly NumberField[] = ['quantity', 'price', 'amount', 'fee', 'tax', 'receivedAmount']

/** Which fields a kind of transaction takes: the very table by which the ledger refuses (finance/ledger/check-transaction.ts). */
export function shownFields(kind: RecordedKind | EventKind) {
  // An event is stated as the purchase that it ends in.
  const fields = fieldsOf[isEvent(kind) ? 'buy' : kind]
  const trade = fields.quantity === 'needed'
  return {
    instrument: fields.instrument !== 'none',
    quantity: fields.quantity !== 'none',
    price: trade,
    charges: fields.charges !== 'none',
    toAccount: fields.toAccount !== 'none',
    received: fields.received === 'needed',
    receivedInstrument: isEvent(kind) && kind !== 'dividend-reinvested',
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
    receivedInstrumentId: '',
    charges: [],
  }
}

/** A recorded transaction as the form shows it; `write` gives a number the locale's decimal sign. */
export function formOf(recorded: JournalRow, write: (decimal: string) => string): FormValues {
  const number = (text: string | null) => (text === null || Decimal.parse(text).isZero() ? '' : write(text))
  const { quantity, price, amount } = recorded
  const reckoned = quantity !== null && price !== null && Decimal.parse(quantity).times(Decimal.parse(price)).equals(Decimal.parse(amount))
  return {
    kind: kindOf(recorded) as RecordedKind | EventKind,
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
    receivedInstrumentId: recorded.legs?.at(-1)?.instrumentId ?? '',
    charges: chargesIn(recorded, write),
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

/** What is sent: a transaction, or an event where the kind is one. */
export function toStated(values: FormValues, locale: string, corrected: JournalRow | null): Stated {
  if (!isEvent(values.kind)) return { transaction: toTransaction(values, locale, corrected) }
  const same = corrected && kindOf(corrected) === values.kind
  const purchase = toTransaction({ ...values, kind: 'buy' }, locale, null)
  return { event: toEvent(values.kind, { ...(same ? keptOf(corrected) : {}), ...purchase }, values.receivedInstrumentId) }
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
    kind: values.kind as RecordedKind,
    state: values.state,
    date: values.date,
    currency: values.currency,
    ...(shown.instrument && values.instrumentId ? { instrumentId: values.instrumentId } : {}),
    ...(shown.quantity ? number('quantity') : {}),
    ...(shown.price ? number('price') : {}),
    ...number('amount'),
    ...(shown.charges ? chargesOf(values, locale, number) : {}),
    ...(shown.toAccount && values.toAccountId ? { toAccountId: values.toAccountId } : {}),
    ...(received ? { received: { amount: received, currency: values.receivedCurrency } } : {}),
    ...(values.note ? { note: values.note } : {}),
  }
}

/** The sums, and the parts where there are any: a sum that has parts is left to them. */
function chargesOf(values: FormValues, locale: string, number: (field: NumberField) => Partial<Schema<'NewTransaction'>>) {
  const parted = new Set(values.charges.map(({ kind }) => kind))
  const charges = toCharges(values.charges, values.currency, locale)
  return {
    ...(parted.has('fee') ? {} : number('fee')),
    ...(parted.has('tax') ? {} : number('tax')),
    ...(charges.length > 0 ? { charges } : {}),
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
