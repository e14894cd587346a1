import { isCurrency } from '../money/currency.ts'
import { Decimal } from '../money/decimal.ts'
import { fitting, moneySize, quantitySize, type Size } from '../money/limits.ts'
import { accept, type Facts, type Outcome, type Refusal, refuse } from '../outcome.ts'
import { type PlainDate, plainDate } from '../time/plain-date.ts'
import { type LedgerTransaction, type RecordedKind, recordedKinds } from './transaction.ts'

export interface TransactionRules {
  readonly today: PlainDate
  /** A draft may still lack its units: nothing follows from it until it is posted. */
  readonly incomplete?: boolean
  /** First day of an account's book; null or undefined when it is not limited. */
  readonly openedOn?: (accountId: string) => PlainDate | null | undefined
  /** Last day of an archived account's book; null or undefined when it is not limited. */
  readonly archivedOn?: (accountId: string) => PlainDate | null | undefined
}

/** Values are told day by day from the first transaction on: a slip of the keyboard (0206 for 2026) would ask for 700,000 of them. */
export const earliestDay = plainDate('1900-01-01')

type Need = 'needed' | 'allowed' | 'none'

/** Which fields a kind of transaction takes. `amount` says whether it may be zero (a gift, a worthless share). */
interface Fields {
  readonly instrument: Need
  readonly quantity: Need
  readonly amount: 'positive' | 'may-be-zero'
  readonly charges: Need
  readonly toAccount: Need
  readonly received: Need
}

const trade: Fields = {
  instrument: 'needed',
  quantity: 'needed',
  amount: 'may-be-zero',
  charges: 'allowed',
  toAccount: 'none',
  received: 'none',
}
const cash: Fields = { instrument: 'none', quantity: 'none', amount: 'positive', charges: 'allowed', toAccount: 'none', received: 'none' }
const charge: Fields = { ...cash, instrument: 'allowed', charges: 'none' }

/** The fields of each kind, as data: forms, importers and the rule below read the same table. */
export const fieldsOf: Record<RecordedKind, Fields> = {
  buy: trade,
  sell: trade,
  'delivery-in': trade,
  'delivery-out': trade,
  deposit: cash,
  withdrawal: cash,
  dividend: { ...cash, instrument: 'needed', quantity: 'allowed' },
  interest: { ...cash, instrument: 'allowed' },
  'interest-charge': { ...cash, instrument: 'allowed' },
  fee: charge,
  'fee-refund': charge,
  tax: charge,
  'tax-refund': charge,
  transfer: {
    instrument: 'allowed',
    quantity: 'allowed',
    amount: 'may-be-zero',
    charges: 'allowed',
    toAccount: 'needed',
    received: 'allowed',
  },
  'currency-exchange': { ...cash, toAccount: 'allowed', received: 'needed' },
  'return-of-capital': { ...cash, instrument: 'needed' },
}

/**
 * The rules for the fields of one transaction, whatever the book holds: which fields its kind takes, positive amounts and units, sizes
 * that can be stored, no day in the future, before the account or before `earliestDay`. Units held are checkPositions' business.
 */
export function checkTransaction(entry: LedgerTransaction, rules: TransactionRules): Outcome<LedgerTransaction> {
  const refusal = fieldRefusal(entry, rules) ?? lotsRefusal(entry) ?? amountRefusal(entry) ?? sizeRefusal(entry) ?? dayRefusal(entry, rules)
  return refusal ? { accepted: false, refusal } : accept(entry)
}

function fieldRefusal(entry: LedgerTransaction, { incomplete }: TransactionRules): Refusal | null {
  if (!isRecorded(entry.kind)) return no('field_not_allowed', `${entry.kind} follows from a corporate action and is not recorded itself`)
  const fields = fieldsOf[entry.kind]
  if (fields.instrument === 'needed' && !entry.instrumentId)
    return no('instrument_missing', `${entry.kind} names no instrument`, { kind: entry.kind })
  if (fields.instrument === 'none' && entry.instrumentId) return no('field_not_allowed', `${entry.kind} takes no instrument`)
  const unfit =
    needRefusal(entry, 'quantity', incomplete && fields.quantity === 'needed' ? 'allowed' : fields.quantity) ??
    needRefusal(entry, 'toAccountId', fields.toAccount) ??
    needRefusal(entry, 'received', fields.received)
  if (unfit) return unfit
  if (fields.charges === 'none' && !(entry.fee.isZero() && entry.tax.isZero()))
    return no('field_not_allowed', `${entry.kind} takes no fee and no tax beside its amount`)
  return entry.kind === 'transfer' ? transferRefusal(entry) : exchangeRefusal(entry)
}

function needRefusal(entry: LedgerTransaction, name: 'quantity' | 'toAccountId' | 'received', need: Need): Refusal | null {
  const given = entry[name] !== undefined
  if (need === 'needed' && !given) return no('field_missing', `${entry.kind} needs ${name}`, { kind: entry.kind, field: name })
  return need === 'none' && given ? no('field_not_allowed', `${entry.kind} takes no ${name}`, { kind: entry.kind, field: name }) : null
}

/** Lots are chosen where units leave, each once and no more than leave altogether. */
function lotsRefusal({ kind, lots, quantity }: LedgerTransaction): Refusal | null {
  if (!lots) return null
  if (kind !== 'sell' && kind !== 'delivery-out' && !(kind === 'transfer' && quantity))
    return no('field_not_allowed', `${kind} takes no lots`)
  if (lots.some((lot) => !lot.quantity.isPositive())) return no('not_positive', 'the quantity of a chosen lot must be more than 0')
  if (new Set(lots.map((lot) => lot.transactionId)).size < lots.length)
    return no('lots_do_not_match', 'a lot is chosen twice', { case: 'twice' })
  const chosen = Decimal.sum(lots.map((lot) => lot.quantity))
  return quantity?.isLessThan(chosen)
    ? no('lots_do_not_match', `the chosen lots hold ${chosen} units, but ${quantity} leave`, {
        case: 'too-many',
        chosen: chosen.toString(),
        leaving: quantity.toString(),
      })
    : null
}

export function isRecorded(kind: string): kind is RecordedKind {
  return (recordedKinds as readonly string[]).includes(kind)
}

/** A transfer moves units (instrument and quantity) or cash (an amount), between two accounts. */
function transferRefusal(entry: LedgerTransaction): Refusal | null {
  if (entry.toAccountId === entry.accountId) return no('same_account', 'a transfer goes to another account')
  if (entry.instrumentId && !entry.quantity) return no('field_missing', 'a transfer of an instrument needs quantity')
  if (!entry.instrumentId && entry.quantity) return no('instrument_missing', 'a transfer of units names no instrument')
  if (entry.instrumentId && entry.received) return no('field_not_allowed', 'a transfer of units takes no received money')
  if (!entry.instrumentId && !entry.amount.isPositive()) return no('not_positive', 'amount must be more than 0')
  return null
}

function exchangeRefusal(entry: LedgerTransaction): Refusal | null {
  if (entry.kind !== 'currency-exchange' || entry.received?.currency !== entry.currency) return null
  return no('field_not_allowed', `a currency exchange turns ${entry.currency} into another currency`)
}

function amountRefusal(entry: LedgerTransaction): Refusal | null {
  const currencies = [entry.currency, entry.cashCurrency, entry.received?.currency, entry.rate?.from, entry.rate?.to]
  for (const code of currencies)
    if (code !== undefined && !isCurrency(code)) return no('unknown_currency', `${code} is no currency`, { currency: code })
  const positive = (name: string, value: Decimal | undefined): Refusal | null =>
    value && !value.isPositive()
      ? no('not_positive', `${name} must be more than 0, not ${value}`, { field: name, value: value.toString() })
      : null
  const notNegative = (name: string, value: Decimal): Refusal | null =>
    value.isNegative() ? no('not_positive', `${name} must not be negative: ${value}`, { field: name, value: value.toString() }) : null
  return (
    positive('quantity', entry.quantity) ??
    positive('received amount', entry.received?.amount) ??
    positive('rate', entry.rate?.value) ??
    (isRecorded(entry.kind) && fieldsOf[entry.kind].amount === 'positive'
      ? positive('amount', entry.amount)
      : notNegative('amount', entry.amount)) ??
    notNegative('fee', entry.fee) ??
    notNegative('tax', entry.tax)
  )
}

function sizeRefusal(entry: LedgerTransaction): Refusal | null {
  const tooLarge = (name: string, value: Decimal | undefined, size: Size): Refusal | null => {
    const outcome = value && fitting(value, size, name)
    return outcome && !outcome.accepted ? outcome.refusal : null
  }
  return (
    tooLarge('quantity', entry.quantity, quantitySize) ??
    tooLarge('amount', entry.amount, moneySize) ??
    tooLarge('fee', entry.fee, moneySize) ??
    tooLarge('tax', entry.tax, moneySize) ??
    tooLarge('received amount', entry.received?.amount, moneySize) ??
    tooLarge('rate', entry.rate?.value, quantitySize)
  )
}

/** The rules for the day alone, for what was judged before: meanwhile an account may have been archived, or said to be opened later. */
export function checkDay(entry: LedgerTransaction, rules: TransactionRules): Outcome<LedgerTransaction> {
  const refusal = dayRefusal(entry, rules)
  return refusal ? { accepted: false, refusal } : accept(entry)
}

function dayRefusal(entry: LedgerTransaction, { today, openedOn, archivedOn }: TransactionRules): Refusal | null {
  if (entry.date < earliestDay)
    return no('date_too_early', `${entry.date} is before ${earliestDay}, the first day that is kept`, {
      date: entry.date,
      earliest: earliestDay,
    })
  if (entry.date > today) return no('date_in_future', `${entry.date} is after ${today}`, { date: entry.date, today })
  for (const account of [entry.accountId, entry.cashAccountId, entry.toAccountId]) {
    const opened = account === undefined ? null : openedOn?.(account)
    if (opened && entry.date < opened)
      return no('date_before_account_opened', `${entry.date} is before the account was opened on ${opened}`, { date: entry.date, opened })
    const archived = account === undefined ? null : archivedOn?.(account)
    if (archived && entry.date > archived)
      return no('account_archived', `${entry.date} is after the account was archived on ${archived}`, { date: entry.date, archived })
  }
  return null
}

function no(code: Refusal['code'], detail: string, facts?: Facts): Refusal {
  return refuse(code, detail, facts).refusal
}
