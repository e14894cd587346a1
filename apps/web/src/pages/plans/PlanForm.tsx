import { rhythms } from '@pe/finance/plans/due-days.ts'
import type { Problem, Schema } from '@pe/sdk/client.ts'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemNote } from '../../components/common/ProblemNote.tsx'
import { readDecimal } from '../../hooks/read-decimal.ts'
import { useFormat } from '../../hooks/useFormat.ts'
import { useChangePlanMutation, useCreatePlanMutation } from '../../services/account-api.ts'
import { ChoiceField, NumberInput, TextField } from '../transactions/FormFields.tsx'
import { plainly } from '../transactions/form-values.ts'
import { InstrumentField } from '../transactions/InstrumentField.tsx'

type NewPlan = Schema<'NewPlan'>

const kinds = ['buy', 'deposit', 'withdrawal', 'fee', 'interest', 'interest-charge', 'tax'] as const satisfies readonly NewPlan['kind'][]
const weekdays = ['1', '2', '3', '4', '5', '6', '7'] as const

interface PlanValues {
  readonly name: string
  readonly kind: NewPlan['kind']
  readonly accountId: string
  readonly instrumentId: string
  readonly amount: string
  readonly fee: string
  readonly rhythm: NewPlan['rhythm']
  readonly day: string
  readonly moves: boolean
  readonly from: string
  readonly until: string
}

interface FormProps {
  readonly accounts: readonly Schema<'Account'>[]
  readonly today: string
  /** The plan to change; null for a new one. */
  readonly standing: Schema<'Plan'> | null
  readonly done: () => void
}

/** A plan; its days that have passed bring drafts at once. Of a standing one, what it does and where stays: that would be another plan. */
export function PlanForm({ accounts, today, standing, done }: FormProps) {
  const { t } = useTranslation()
  const { numberLocale: locale } = useFormat()
  const [create, creating] = useCreatePlanMutation()
  const [change, changing] = useChangePlanMutation()
  const [isLoading, error] = [creating.isLoading || changing.isLoading, creating.error ?? changing.error]
  const [values, setValues] = useState<PlanValues>(() => (standing ? valuesOf(standing, locale) : newValues(accounts[0]?.id ?? '', today)))
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
    const dayRule = moves ? 'next-business-day' : 'as-scheduled'
    const shared = { name, amount, rhythm, day: Number(day), dayRule } as const
    const { data } = standing
      ? await change({ plan: standing, change: { ...shared, until: until || null, ...(buys ? { fee: fee ?? '0' } : {}) } })
      : await create({
          ...shared,
          kind,
          accountId,
          from,
          ...(buys && instrumentId ? { instrumentId } : {}),
          ...(buys && fee !== null ? { fee } : {}),
          ...(until ? { until } : {}),
        })
    if (data) done()
  }
  const end = async () => {
    if (standing && (await change({ plan: standing, change: { until: today } })).data) done()
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
          disabled={standing !== null}
        />
        <ChoiceField
          {...field('accountId')}
          choices={accounts.map(({ id, name }) => ({ value: id, words: name }))}
          disabled={standing !== null}
        />
      </div>
      {buys && !standing ? <InstrumentField {...field('instrumentId')} currency={currency} /> : null}
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
        <TextField {...field('from')} type="date" required disabled={standing !== null} />
        <TextField {...field('until')} type="date" />
      </div>
      <label className="tick-box">
        <input type="checkbox" checked={values.moves} onChange={(event) => setValues({ ...values, moves: event.target.checked })} />
        {t('plans.moves')}
      </label>
      {standing ? <p className="tie">{t('plans.changeWhy')}</p> : null}
      {error ? <ProblemNote problem={error as Problem} /> : null}
      <div className="ends">
        {standing?.nextDue || standing?.pausedOn ? (
          <button type="button" className="btn" disabled={isLoading} onClick={end}>
            {t('plans.end')}
          </button>
        ) : null}
        <button type="button" className="btn" onClick={done}>
          {t('transactions.cancel')}
        </button>
        <button
          type="submit"
          className="btn pri"
          disabled={isLoading || values.name.trim() === '' || amount === null || (buys && values.instrumentId === '')}
        >
          {standing ? t('plans.save') : t('plans.create')}
        </button>
      </div>
    </form>
  )
}

function newValues(accountId: string, from: string): PlanValues {
  const nothing = { name: '', instrumentId: '', amount: '', fee: '', until: '' }
  return { ...nothing, kind: 'buy', accountId, rhythm: 'monthly', day: '1', moves: true, from }
}

function valuesOf(plan: Schema<'Plan'>, locale: string): PlanValues {
  const { name, kind, accountId, rhythm, from } = plan
  return {
    ...{ name, kind, accountId, rhythm, from },
    instrumentId: plan.instrumentId ?? '',
    amount: plainly(plan.amount, locale),
    fee: Number(plan.fee) === 0 ? '' : plainly(plan.fee, locale),
    day: String(plan.day),
    moves: plan.dayRule === 'next-business-day',
    until: plan.until ?? '',
  }
}
