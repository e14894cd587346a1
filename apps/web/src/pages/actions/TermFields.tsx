import { actionKinds } from '@pe/finance/actions/corporate-action.ts'
import { useTranslation } from 'react-i18next'
import { ChoiceField, NumberInput, TextField } from '../transactions/FormFields.tsx'
import { InstrumentField } from '../transactions/InstrumentField.tsx'
import { shownTerms, type TermNumber, type TermValues } from './action-terms.ts'

interface TermFieldsProps {
  readonly values: TermValues
  readonly currency: string
  readonly wrong: readonly TermNumber[]
  readonly onChange: (patch: Partial<TermValues>) => void
}

/** The fields that the kind takes, and no others. */
export function TermFields({ values, currency, wrong, onChange }: TermFieldsProps) {
  const { t } = useTranslation()
  const shown = shownTerms(values.kind)
  const field = (name: keyof TermValues) => ({
    label: t(`actions.field.${name}`, { currency }),
    value: values[name],
    onChange: (value: string) => onChange({ [name]: value }),
  })
  const number = (name: TermNumber, label?: string) =>
    shown[name] ? (
      <NumberInput {...field(name)} {...(label ? { label } : {})} problem={wrong.includes(name) ? t('transactions.noNumber') : null} />
    ) : null
  const split = values.kind === 'split'
  return (
    <>
      <InstrumentField {...field('instrumentId')} currency={currency} />
      <div className="pair">
        <ChoiceField {...field('kind')} choices={actionKinds.map((kind) => ({ value: kind, words: t(`actions.kind.${kind}`) }))} />
        <TextField {...field('exDate')} type="date" required />
      </div>
      <p className="tie">{t(`actions.about.${values.kind}`)}</p>
      {shown.intoInstrumentId ? <InstrumentField {...field('intoInstrumentId')} currency={currency} /> : null}
      {shown.newUnits ? (
        <div className="pair">
          {number('newUnits', t(split ? 'actions.field.unitsAfter' : 'actions.field.newUnits'))}
          {number('oldUnits', t(split ? 'actions.field.unitsBefore' : 'actions.field.oldUnits'))}
        </div>
      ) : null}
      <div className="pair">
        {number('cashPerUnit')}
        {number('costShare')}
      </div>
      {number('fractionPrice')}
    </>
  )
}
