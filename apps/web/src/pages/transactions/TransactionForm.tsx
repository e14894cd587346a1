import { eventKinds } from '@pe/finance/ledger/event-legs.ts'
import { recordedKinds } from '@pe/finance/ledger/transaction.ts'
import { currencies } from '@pe/finance/money/currency.ts'
import type { Problem, Schema } from '@pe/sdk/client.ts'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { ProblemNote } from '../../components/common/ProblemNote.tsx'
import { useFormat } from '../../hooks/useFormat.ts'
import { ChargeParts } from './ChargeParts.tsx'
import { ChooseLots } from './ChooseLots.tsx'
import { misreadCharge } from './charge-values.ts'
import { ChoiceField, NumberInput, TextField } from './FormFields.tsx'
import {
  emptyForm,
  type FormValues,
  formOf,
  grossAmount,
  misread,
  type NumberField,
  plainly,
  shownFields,
  toStated,
} from './form-values.ts'
import { InstrumentField } from './InstrumentField.tsx'
import type { JournalRow } from './journal-rows.ts'
import { type ChosenLots, chosenOf, takesLots, withChosenLots } from './lot-choices.ts'
import { type Standing, useRecording } from './useRecording.ts'

interface FormProps {
  readonly accounts: readonly Schema<'Account'>[]
  readonly today: string
  readonly edited: JournalRow | null
  /** With what stands in the journal now; without, nothing was recorded. */
  readonly done: (standing?: Standing) => void
}

/** The fields that the kind takes, and no others. Recording a corrected one voids the first and puts this in its place. */
export function TransactionForm({ accounts, today, edited, done }: FormProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const { numberLocale: locale } = format
  const [params] = useSearchParams()
  const [values, setValues] = useState<FormValues>(() =>
    edited ? formOf(edited, (decimal) => plainly(decimal, locale)) : { ...emptyForm(accounts[0], today), ...kindAsked(params.get('as')) },
  )
  const [chosen, setChosen] = useState<ChosenLots>(() => chosenOf(edited, (decimal) => plainly(decimal, locale)))
  const [reason, setReason] = useState('')
  const { record, busy, problem } = useRecording(edited, done)
  const set = (patch: Partial<FormValues>) => setValues((before) => ({ ...before, ...patch }))
  const field = (name: Exclude<keyof FormValues, 'charges'>) => ({
    label: t(`transactions.field.${name}`),
    value: values[name],
    onChange: (value: string) => set({ [name]: value }),
  })
  const shown = shownFields(values.kind)
  const wrong = misread(values, locale)
  const gross = grossAmount(values, locale)
  const accountChoices = accounts.map(({ id, name }) => ({ value: id, words: name }))
  const currencyChoices = currencies.map((code) => ({ value: code, words: code }))
  const chooseAccount = (accountId: string) =>
    set({ accountId, currency: accounts.find(({ id }) => id === accountId)?.currency ?? values.currency })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (wrong.length === 0) record(values.accountId, withChosenLots(toStated(values, locale, edited), values, chosen, locale), reason)
  }
  const number = (name: NumberField) => <NumberInput {...field(name)} problem={wrong.includes(name) ? t('transactions.noNumber') : null} />
  return (
    <form className="in fields" onSubmit={submit}>
      <ChoiceField
        {...field('kind')}
        choices={[...recordedKinds, ...eventKinds].map((kind) => ({ value: kind, words: t(`kind.${kind}`) }))}
      />
      <div className="pair">
        <ChoiceField {...field('accountId')} choices={accountChoices} onChange={chooseAccount} disabled={edited !== null} />
        <TextField {...field('date')} type="date" required />
      </div>
      {shown.toAccount ? (
        <ChoiceField
          {...field('toAccountId')}
          choices={[{ value: '', words: '—' }, ...accountChoices.filter(({ value }) => value !== values.accountId)]}
        />
      ) : null}
      {shown.instrument ? <InstrumentField {...field('instrumentId')} currency={values.currency} /> : null}
      {shown.receivedInstrument ? <InstrumentField {...field('receivedInstrumentId')} currency={values.currency} /> : null}
      {shown.quantity ? (
        <div className="pair">
          {number('quantity')}
          {shown.price ? number('price') : null}
        </div>
      ) : null}
      <div className="pair">
        <NumberInput
          {...field('amount')}
          problem={wrong.includes('amount') ? t('transactions.noNumber') : null}
          placeholder={shown.price && gross && values.amount === '' ? format.price(gross.toString()) : ''}
        />
        <ChoiceField {...field('currency')} choices={currencyChoices} />
      </div>
      {shown.received ? (
        <div className="pair">
          {number('receivedAmount')}
          <ChoiceField {...field('receivedCurrency')} choices={[{ value: '', words: '—' }, ...currencyChoices]} />
        </div>
      ) : null}
      {shown.charges ? (
        <>
          <div className="pair">
            {values.charges.some(({ kind }) => kind === 'fee') ? null : number('fee')}
            {values.charges.some(({ kind }) => kind === 'tax') ? null : number('tax')}
          </div>
          <ChargeParts parts={values.charges} onChange={(charges) => set({ charges })} currency={values.currency} locale={locale} />
        </>
      ) : null}
      {takesLots(values) && values.accountId && values.instrumentId ? (
        <ChooseLots edited={edited} values={values} chosen={chosen} onChange={setChosen} />
      ) : null}
      <TextField {...field('note')} maxLength={2000} />
      <label className="tick-box">
        <input
          type="checkbox"
          checked={values.state === 'draft'}
          onChange={(event) => set({ state: event.target.checked ? 'draft' : 'posted' })}
        />
        {t('transactions.asDraft')}
      </label>
      {edited ? (
        <>
          <TextField label={t('transactions.one.reason')} value={reason} onChange={setReason} maxLength={2000} />
          <p className="tie">{t('transactions.correctWhy')}</p>
        </>
      ) : null}
      {problem ? <ProblemNote problem={problem as Problem} /> : null}
      <div className="ends">
        <button type="button" className="btn" onClick={() => done()}>
          {t('transactions.cancel')}
        </button>
        <button
          type="submit"
          className="btn pri"
          disabled={
            busy || values.accountId === '' || wrong.length > 0 || values.charges.some((part) => misreadCharge(part, locale).length > 0)
          }
        >
          {busy ? t('transactions.recording') : edited ? t('transactions.recordCorrection') : t('transactions.record')}
        </button>
      </div>
    </form>
  )
}

/** A kind that the way here asked for: an exchange, from the page about currencies. */
function kindAsked(asked: string | null): Partial<FormValues> {
  const kind = recordedKinds.find((one) => one === asked)
  return kind ? { kind } : {}
}
