import { checkAction, termsOf } from '@pe/finance/actions/check-action.ts'
import type { ActionKind } from '@pe/finance/actions/corporate-action.ts'
import { isCurrency } from '@pe/finance/money/currency.ts'
import { Decimal } from '@pe/finance/money/decimal.ts'
import { plainDate } from '@pe/finance/time/plain-date.ts'
import type { Schema } from '@pe/sdk/client.ts'
import { readDecimal } from '../../hooks/read-decimal.ts'

/** The terms as a person types them; a cost share in percent. */
export interface TermValues {
  readonly kind: ActionKind
  readonly instrumentId: string
  readonly exDate: string
  readonly newUnits: string
  readonly oldUnits: string
  readonly intoInstrumentId: string
  readonly cashPerUnit: string
  readonly costShare: string
  readonly fractionPrice: string
}

export const termNumbers = ['newUnits', 'oldUnits', 'cashPerUnit', 'costShare', 'fractionPrice'] as const
export type TermNumber = (typeof termNumbers)[number]

export function emptyTerms(instrumentId: string, today: string): TermValues {
  const numbers = { newUnits: '', oldUnits: '', cashPerUnit: '', costShare: '', fractionPrice: '' }
  return { kind: 'split', instrumentId, exDate: today, intoInstrumentId: '', ...numbers }
}

/** The terms of a recorded action, to look at or to change; numbers as the locale writes them. */
export function termsIn(action: Schema<'CorporateAction'>, written: (decimal: string) => string): TermValues {
  const text = (decimal: string | undefined) => (decimal === undefined ? '' : written(decimal))
  const { kind, instrumentId, exDate, ratio, intoInstrumentId = '', cashPerUnit, costShare, fractionPrice } = action
  const percent = costShare === undefined ? undefined : Decimal.parse(costShare).times(hundred).toString()
  return {
    kind: kind as ActionKind,
    instrumentId,
    exDate,
    newUnits: text(ratio?.new),
    oldUnits: text(ratio?.old),
    intoInstrumentId,
    cashPerUnit: text(cashPerUnit),
    costShare: text(percent),
    fractionPrice: text(fractionPrice),
  }
}

const hundred = Decimal.parse('100')
const hundredth = Decimal.parse('0.01')

/** Which numbers a kind takes; what it leaves out is neither shown nor sent. */
export function shownTerms(kind: ActionKind): Readonly<Record<TermNumber | 'intoInstrumentId', boolean>> {
  const { ratio, into, cash, costShare, fractions } = termsOf[kind]
  const [units, share] = [ratio !== 'none', costShare !== 'none']
  return {
    newUnits: units,
    oldUnits: units,
    intoInstrumentId: into !== 'none',
    cashPerUnit: cash !== 'none',
    costShare: share,
    fractionPrice: fractions !== 'none',
  }
}

/** Numbers that nobody can read. */
export function misreadTerms(values: TermValues, locale: string): TermNumber[] {
  const shown = shownTerms(values.kind)
  return termNumbers.filter((name) => shown[name] && values[name].trim() !== '' && readDecimal(values[name], locale) === null)
}

export type CheckedTerms =
  | { readonly terms: Schema<'NewAction'>; readonly refusal: null }
  | { readonly terms: null; readonly refusal: { readonly code: string; readonly detail: string } }

/** What would be recorded, or the first thing that finance does not accept. */
export function checkedTerms(values: TermValues, currency: string, locale: string): CheckedTerms {
  const shown = shownTerms(values.kind)
  const number = (name: TermNumber): Decimal | undefined => {
    const text = shown[name] ? readDecimal(values[name], locale) : null
    return text === null ? undefined : Decimal.parse(text)
  }
  const { kind, instrumentId, exDate } = values
  if (instrumentId === '' || !isCurrency(currency)) return refused('instrument_missing')
  if (exDate === '') return refused('field_missing', 'ex-date')
  const [after, before] = [number('newUnits'), number('oldUnits')]
  const into = shown.intoInstrumentId && values.intoInstrumentId !== '' ? values.intoInstrumentId : undefined
  const action = {
    id: '',
    kind,
    instrumentId,
    exDate: plainDate(exDate),
    ratio: after && before ? { new: after, old: before } : undefined,
    intoInstrumentId: into,
    cashPerUnit: number('cashPerUnit'),
    currency,
    costShare: number('costShare')?.times(hundredth),
    fractionPrice: number('fractionPrice'),
  }
  const outcome = checkAction(action)
  if (!outcome.accepted) return { terms: null, refusal: outcome.refusal }
  const { ratio, cashPerUnit, costShare, fractionPrice } = action
  const stated = {
    ratio: ratio && { new: ratio.new.toString(), old: ratio.old.toString() },
    intoInstrumentId: into,
    cashPerUnit: cashPerUnit?.toString(),
    costShare: costShare?.toString(),
    fractionPrice: fractionPrice?.toString(),
  }
  const given = Object.fromEntries(Object.entries(stated).filter(([, value]) => value !== undefined))
  return { terms: { kind, instrumentId, exDate, currency, ...given }, refusal: null }
}

function refused(code: string, detail = ''): CheckedTerms {
  return { terms: null, refusal: { code, detail } }
}
