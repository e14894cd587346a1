import { useTranslation } from 'react-i18next'
import { unknownSign } from '../../hooks/figure-format.ts'
import { useFormat } from '../../hooks/useFormat.ts'

export interface NamesOf {
  readonly accountOf: (id: string) => string
  readonly instrumentOf: (id: string) => { readonly name: string } | undefined
}

/** Fields and values of a change in the words that the form and the journal use for them. */
export function useChangeWords({ accountOf, instrumentOf }: NamesOf) {
  const { t } = useTranslation()
  const format = useFormat()
  const named = (field: string, text: string): string => {
    if (field === 'kind') return t(`kind.${text}`)
    if (field === 'state') return t(`transactions.state.${text}`)
    if (field === 'date') return format.day(text)
    if (/accountId$/i.test(field)) return accountOf(text) || text
    if (/instrumentId$/i.test(field)) return instrumentOf(text)?.name ?? text
    const [, number, unit] = /^(-?\d+(?:\.\d+)?)( [A-Z]{3})?$/.exec(text) ?? []
    if (number === undefined) return text
    if (unit) return `${format.money(number)}${unit}`
    return field === 'quantity' ? format.units(number) : format.price(number)
  }
  return {
    field: (field: string): string => t(`transactions.field.${field}`, { defaultValue: t(`history.field.${field}`) }),
    value: (field: string, text: string | null): string => (text === null ? unknownSign : named(field, text)),
  }
}
