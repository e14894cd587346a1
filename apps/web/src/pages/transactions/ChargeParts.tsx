import { currencies } from '@pe/finance/money/currency.ts'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../components/common/Icon.tsx'
import { type ChargeValues, emptyCharge, misreadCharge } from './charge-values.ts'
import { ChoiceField, NumberInput } from './FormFields.tsx'

interface PartsProps {
  readonly parts: readonly ChargeValues[]
  readonly onChange: (parts: readonly ChargeValues[]) => void
  readonly currency: string
  readonly locale: string
}

/** Fees and taxes in their own currencies: their sums in the transaction's currency are figured by the ledger. */
export function ChargeParts({ parts, onChange, currency, locale }: PartsProps) {
  const { t } = useTranslation()
  const put = (at: number, patch: Partial<ChargeValues>) =>
    onChange(parts.map((part, index) => (index === at ? { ...part, ...patch } : part)))
  const choices = currencies.map((code) => ({ value: code, words: code }))
  const kinds = (['fee', 'tax'] as const).map((kind) => ({ value: kind, words: t(`kind.${kind}`) }))
  return (
    <details className="charge-parts" open={parts.length > 0}>
      <summary>{t('transactions.charges.title')}</summary>
      <p className="muted small">{t('transactions.charges.means', { currency })}</p>
      {parts.map((part, at) => {
        const wrong = misreadCharge(part, locale)
        return (
          <fieldset key={part.key}>
            <legend className="sr">{t('transactions.charges.part', { number: at + 1 })}</legend>
            <div className="pair">
              <ChoiceField
                label={t('transactions.field.kind')}
                value={part.kind}
                choices={kinds}
                onChange={(kind) => put(at, { kind: kind === 'tax' ? 'tax' : 'fee' })}
              />
              <NumberInput
                label={t('transactions.charges.amount')}
                value={part.amount}
                onChange={(amount) => put(at, { amount })}
                problem={part.amount.trim() !== '' && wrong.includes('amount') ? t('transactions.noNumber') : null}
              />
            </div>
            <div className="pair">
              <ChoiceField
                label={t('transactions.field.currency')}
                value={part.currency}
                choices={choices}
                onChange={(code) => put(at, { currency: code })}
              />
              {part.currency === currency ? null : (
                <NumberInput
                  label={t('transactions.charges.rate', { from: part.currency, to: currency })}
                  value={part.rate}
                  onChange={(rate) => put(at, { rate })}
                  placeholder={t('transactions.charges.market')}
                  problem={wrong.includes('rate') ? t('transactions.noNumber') : null}
                />
              )}
            </div>
            <button type="button" className="link" onClick={() => onChange(parts.filter((_, index) => index !== at))}>
              {t('transactions.charges.remove')}
            </button>
          </fieldset>
        )
      })}
      <button type="button" className="btn" onClick={() => onChange([...parts, emptyCharge(currency)])}>
        <Icon name="plus" small />
        {t('transactions.charges.add')}
      </button>
    </details>
  )
}
