import type { BatchTransaction } from '@pe/contracts/batches.ts'
import type { NewTransaction, Review } from '@pe/contracts/transactions.ts'
import { type Charge, chargesOf, type StatedCharge } from '@pe/finance/ledger/charges.ts'
import { checkTransaction, type TransactionRules } from '@pe/finance/ledger/check-transaction.ts'
import type { LedgerTransaction } from '@pe/finance/ledger/transaction.ts'
import { type Currency, isCurrency } from '@pe/finance/money/currency.ts'
import { Decimal } from '@pe/finance/money/decimal.ts'
import { fitting, moneySize, quantitySize } from '@pe/finance/money/limits.ts'
import { accept, type Outcome, refuse } from '@pe/finance/outcome.ts'
import { Converter } from '@pe/finance/prices/converter.ts'
import { RateTable } from '@pe/finance/prices/rate-table.ts'
import { type PlainDate, plainDate } from '@pe/finance/time/plain-date.ts'

/** What a person or a file states, in the words of finance, with what only the journal keeps. */
export interface Statement {
  readonly entry: LedgerTransaction
  readonly price: Decimal | null
  readonly note: string
  readonly state: 'posted' | 'draft'
  /** Why somebody should look at it again. */
  readonly needsReview?: Review | undefined
  /** Parts of fee and tax, where they were stated. */
  readonly charges?: readonly Charge[] | undefined
}

export interface StatementRules extends TransactionRules {
  /** Knows the market's rates for charges in other currencies (`chargeRates`). */
  readonly converter?: Converter | undefined
}

export interface Parties {
  readonly accountId: string
  readonly cashAccountId?: string | undefined
  readonly toAccountId?: string | undefined
}

type Stated = Omit<NewTransaction, 'state' | 'cashAccountId' | 'toAccountId'> &
  Pick<BatchTransaction, 'kind'> & { readonly state?: 'posted' | 'draft' | undefined }

const lastDay = plainDate('9999-12-31')

/**
 * Reads a request and lets finance judge it. The currency is the account's unless stated; the amount is quantity × price unless stated,
 * to the tenth place that the book keeps.
 * A draft may lie in the future and may lack its units: it has no effect until it is posted.
 */
export function statementOf(
  id: string,
  parties: Parties,
  stated: Stated,
  accountCurrency: string,
  rules: StatementRules,
): Outcome<Statement> {
  const unknown =
    unlessCurrency(stated.currency) ??
    unlessCurrency(stated.cashCurrency) ??
    unlessCurrency(stated.received?.currency) ??
    unlessCurrency(stated.rate?.from) ??
    unlessCurrency(stated.rate?.to) ??
    chargeCurrencies(stated).find((code) => !isCurrency(code))
  if (unknown) return refuse('unknown_currency', `${unknown} is no currency`, { currency: unknown })
  const currency = stated.currency ?? accountCurrency
  if (!isCurrency(currency)) return refuse('unknown_currency', `${currency} is no currency`, { currency })
  const quantity = parsed(stated.quantity)
  const price = parsed(stated.price)
  if (price?.isNegative()) return refuse('not_positive', `price must not be negative: ${price}`)
  const priced = price ? fitting(price, quantitySize, 'price') : null
  if (priced && !priced.accepted) return priced
  const amount =
    parsed(stated.amount) ?? (quantity && price ? quantity.times(price).round(moneySize.decimalPlaces, 'half-away-from-zero') : undefined)
  if (!amount && stated.kind !== 'transfer')
    return refuse('field_missing', 'amount is missing, and there is no quantity and price to give it')

  const charges = chargesIn(stated, currency, rules)
  if (!charges.accepted) return charges

  const state = stated.state ?? 'posted'
  const entry: LedgerTransaction = {
    id,
    kind: stated.kind,
    date: stated.date,
    time: stated.time,
    accountId: parties.accountId,
    cashAccountId: parties.cashAccountId === parties.accountId ? undefined : parties.cashAccountId,
    toAccountId: parties.toAccountId,
    instrumentId: stated.instrumentId,
    quantity,
    amount: amount ?? Decimal.zero,
    currency,
    fee: charges.value.fee,
    tax: charges.value.tax,
    cashCurrency: stated.cashCurrency === currency ? undefined : knownCurrency(stated.cashCurrency),
    received: stated.received && receivedOf(stated.received),
    rate: stated.rate && rateOf(stated.rate),
    lots: stated.lots?.map(({ transactionId, quantity: units }) => ({ transactionId, quantity: Decimal.parse(units) })),
  }
  const checked = checkTransaction(entry, state === 'draft' ? { ...rules, today: lastDay, incomplete: true } : rules)
  return checked.accepted
    ? accept({
        entry,
        price: price ?? null,
        note: stated.note ?? '',
        state,
        charges: charges.value.parts,
        needsReview: stated.needsReview ? askedIn(stated.needsReview) : undefined,
      })
    : checked
}

/** A review that somebody asks for in their own words. */
export function askedIn(words: string): Review {
  return { code: 'asked', facts: {}, detail: words }
}

function unlessCurrency(code: string | undefined): string | undefined {
  return code === undefined || isCurrency(code) ? undefined : code
}

/** Currencies that charges name. */
export function chargeCurrencies({ charges = [] }: Pick<Stated, 'charges'>): string[] {
  return charges.map(({ currency }) => currency)
}

const noRates = new Converter(RateTable.empty, { rounding: 'minorUnit' })

function chargesIn(stated: Stated, currency: Currency, { converter = noRates }: StatementRules) {
  const parts: StatedCharge[] = []
  for (const { kind, amount, currency: own, rate, note = '' } of stated.charges ?? []) {
    const part = { kind, amount: Decimal.parse(amount), currency: knownCurrency(own) ?? currency, rate: parsed(rate), note }
    const unfit = [fitting(part.amount, moneySize, kind), ...(part.rate ? [fitting(part.rate, quantitySize, 'rate')] : [])]
    const refused = unfit.find((outcome) => !outcome.accepted)
    if (refused && !refused.accepted) return refused
    parts.push(part)
  }
  return chargesOf(parts, currency, stated.date, converter, { fee: parsed(stated.fee), tax: parsed(stated.tax) })
}

/** The days that accounts were opened, as a rule asks for them. */
export function openingDays(books: ReadonlyMap<string, { readonly openedOn: PlainDate | null }>) {
  return (accountId: string): PlainDate | null => books.get(accountId)?.openedOn ?? null
}

/** The days that accounts were archived, as a rule asks for them. */
export function archiveDays(books: ReadonlyMap<string, { readonly archivedOn: PlainDate | null }>) {
  return (accountId: string): PlainDate | null => books.get(accountId)?.archivedOn ?? null
}

function parsed(text: string | undefined): Decimal | undefined {
  return text === undefined ? undefined : Decimal.parse(text)
}

function knownCurrency(code: string | undefined) {
  return code !== undefined && isCurrency(code) ? code : undefined
}

function receivedOf({ amount, currency }: { amount: string; currency: string }) {
  return isCurrency(currency) ? { amount: Decimal.parse(amount), currency } : undefined
}

function rateOf({ from, to, value }: { from: string; to: string; value: string }) {
  return isCurrency(from) && isCurrency(to) ? { from, to, value: Decimal.parse(value) } : undefined
}
