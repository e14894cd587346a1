import type { Schema } from '@pe/sdk/client.ts'
import type { TFunction } from 'i18next'
import type { FigureFormat } from './figure-format.ts'

type Terms = Omit<Schema<'NewAction'>, 'currency' | 'note'> & { readonly currency: string }

/** What an action is, apart from its instrument and day: "Split 4:1", "Spin-off 1 for 10 into Beta, 20.00 % of the cost". */
export function actionWords(terms: Terms, t: TFunction, format: FigureFormat, nameOf: (instrumentId: string) => string): string {
  const { kind, ratio, intoInstrumentId, cashPerUnit, costShare, fractionPrice, currency } = terms
  // terms are public: hidden amounts leave them as they are
  const number = new Intl.NumberFormat(format.numberLocale, { maximumFractionDigits: 8, useGrouping: false })
  const units = ratio && { new: number.format(Number(ratio.new)), old: number.format(Number(ratio.old)) }
  const head = [
    t(`actions.kind.${kind}`),
    units && t(kind === 'split' ? 'actions.terms.splitRatio' : 'actions.terms.ratio', units),
    intoInstrumentId && t('actions.terms.into', { name: nameOf(intoInstrumentId) }),
  ]
  const rest = [
    cashPerUnit && t('actions.terms.cashPerUnit', { amount: format.price(cashPerUnit), currency }),
    costShare && t('actions.terms.costShare', { share: format.percent(Number(costShare)) }),
    fractionPrice && t('actions.terms.fractionPrice', { amount: format.price(fractionPrice), currency }),
  ]
  return [head.filter(Boolean).join(' '), ...rest.filter(Boolean)].join(', ')
}
