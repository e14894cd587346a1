import { rhythms } from '@pe/finance/plans/due-days.ts'
import type { Problem, Schema } from '@pe/sdk/client.ts'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemNote } from '../../components/common/ProblemNote.tsx'
import { readDecimal } from '../../hooks/read-decimal.ts'
import { useFormat } from '../../hooks/useFormat.ts'
import { useCreatePlanMutation } from '../../services/account-api.ts'
import { ChoiceField, NumberInput, TextField } from '../transactions/FormFields.tsx'
import { InstrumentField } from '../transactions/InstrumentField.tsx'

type NewPlan = Schema<'NewPlan'>

const kinds = ['buy', 'deposit', 'withdrawal', 'fee', 'interest', 'interest-charge', 'tax'] as const satisfies readonly NewPlan['kind'][]
const weekdays = ['1', '2', '3', '4', '5', '6', '7'] as const

interface FormProps {
  readonly accounts: readonly Schema<'Account'>[]
  readonly today: string
  readonly done: () => void
}

/** A new plan; its days that have passed bring drafts at once. */
export function PlanForm({ accounts, today, done }: FormProps) {
  const { t } = useTranslation()
  const { locale } = useFormat()
  const [create, { isLoading, error }] = useCreatePlanMutation()
  const [values, setValues] = useState({
    name: '',
    kind: 'buy' as NewPlan['kind'],
    accountId: accounts[0]?.id ?? '',
    instrumentId: '',
    amount: '',
    fee: '',
    rhythm: 'monthly' as NewPlan['rhythm'],
    day: '1',
    moves: true,
    from: today,
    until: '',
  })
  type Text = 'name' | 'accountId' | 'instrumentId' | 'amount' | 'fee' | 'day' | 'from' | 'until'
  const field = (name: Text) => ({
    label: t(`plans.field.${name}`),
    value: values[name],
    onChange: (value: string) => setValues((before) => ({ ...before, [name]: value })),
  })
  const currency = accounts.find(({ id }) => id === values.accountId)?.currency ?? 'EUR'
  const [amount, fee] = [readDecimal(values.amount, locale), readDecimal(values.fee, locale)]
  const wrong = (text: string, read: string | null) => (text.trim() !== '' && read === null ? t('transactions.noNumber') : null)
  const buys = values.kind === 'buy'
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (amount === null) return
    const { name, kind, accountId, instrumentId, rhythm, day, moves, from, until } = values
    const { data } = await create({
      name,
      kind,
      accountId,
      amount,
      rhythm,
      day: Number(day),
      dayRule: moves ? 'next-business-day' : 'as-scheduled',
      from,
      ...(buys && instrumentId ? { instrumentId } : {}),
      ...(buys && fee !== null ? { fee } : {}),
      ...(until ? { until } : {}),
    })
    if (data) done()
  }
  return (
    <form className="fields plan-form" onSubmit={submit}>
      <TextField {...field('name')} required maxLength={200} placeholder={t('plans.example')} />
      <div className="pair">
        <ChoiceField
          label={t('plans.field.kind')}
          value={values.kind}
          onChange={(kind) => setValues({ ...values, kind: kind as NewPlan['kind'] })}
          choices={kinds.map((kind) => ({ value: kind, words: t(`kind.${kind}`) }))}
        />
        <ChoiceField {...field('accountId')} choices={accounts.map(({ id, name }) => ({ value: id, words: name }))} />
      </div>
      {buys ? <InstrumentField {...field('instrumentId')} currency={currency} /> : null}
      <div className="pair">
        <NumberInput {...field('amount')} label={t('plans.field.amount', { currency })} problem={wrong(values.amount, amount)} />
        {buys ? <NumberInput {...field('fee')} problem={wrong(values.fee, fee)} /> : null}
      </div>
      <div className="pair">
        <ChoiceField
          label={t('plans.field.rhythm')}
          value={values.rhythm}
          onChange={(rhythm) => setValues({ ...values, rhythm: rhythm as NewPlan['rhythm'], day: '1' })}
          choices={rhythms.map((rhythm) => ({ value: rhythm, words: t(`plans.every.${rhythm}`) }))}
        />
        {values.rhythm === 'weekly' ? (
          <ChoiceField {...field('day')} choices={weekdays.map((day) => ({ value: day, words: t(`plans.weekday.${day}`) }))} />
        ) : (
          <TextField {...field('day')} label={t('plans.field.dayOfMonth')} type="number" min={1} max={31} required />
        )}
      </div>
      <div className="pair">
        <TextField {...field('from')} type="date" required />
        <TextField {...field('until')} type="date" />
      </div>
      <label className="tick-box">
        <input type="checkbox" checked={values.moves} onChange={(event) => setValues({ ...values, moves: event.target.checked })} />
        {t('plans.moves')}
      </label>
      {error ? <ProblemNote problem={error as Problem} /> : null}
      <div className="ends">
        <button type="button" className="btn" onClick={done}>
          {t('transactions.cancel')}
        </button>
        <button
          type="submit"
          className="btn pri"
          disabled={isLoading || values.name.trim() === '' || amount === null || (buys && values.instrumentId === '')}
        >
          {t('plans.create')}
        </button>
      </div>
    </form>
  )
}
