import type { Problem, Schema } from '@pe/sdk/client.ts'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Icon } from '../../components/common/Icon.tsx'
import { Money } from '../../components/common/Money.tsx'
import { ProblemNote } from '../../components/common/ProblemNote.tsx'
import { Units } from '../../components/common/Units.tsx'
import { readDecimal } from '../../hooks/read-decimal.ts'
import { useFormat } from '../../hooks/useFormat.ts'
import { useView } from '../../hooks/useView.ts'
import { useAssertBalanceMutation, useAssertionsQuery, useWithdrawAssertionMutation } from '../../services/account-api.ts'
import { useInstrumentsQuery } from '../../services/portfolio-api.ts'
import { ChoiceField, NumberInput, TextField } from '../transactions/FormFields.tsx'

type Assertion = Schema<'BalanceAssertion'>

/** What statements say, held against the book; a difference leads to the journal around its day. */
export function StatedBalances({ account, today, held }: { account: Schema<'Account'>; today: string; held: readonly string[] }) {
  const { t } = useTranslation()
  const { data = [], error, refetch } = useAssertionsQuery({ accountId: account.id })
  return (
    <section className="sec">
      <div className="sec-head">
        <h2>{t('account.stated.title')}</h2>
        <p>{t('account.stated.why')}</p>
      </div>
      {error ? <ProblemNote problem={error as Problem} retry={refetch} /> : null}
      {data.length > 0 ? (
        <table className="t cards">
          <thead>
            <tr>
              <th>{t('account.what')}</th>
              <th>{t('account.day')}</th>
              <th className="n">{t('account.stated.stated')}</th>
              <th className="n">{t('account.stated.figured')}</th>
              <th>{t('account.stated.result')}</th>
              <th>
                <span className="sr">{t('waiting.actions')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {data.map((assertion) => (
              <Row key={assertion.id} of={assertion} />
            ))}
          </tbody>
        </table>
      ) : null}
      <NewAssertion account={account} today={today} held={held} />
    </section>
  )
}

function Row({ of }: { of: Assertion }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { search } = useView()
  const instruments = useInstrumentsQuery({}).data ?? []
  const [withdraw] = useWithdrawAssertionMutation()
  const name =
    of.currency === null ? (instruments.find(({ id }) => id === of.instrumentId)?.name ?? '') : t('account.cash', { currency: of.currency })
  const shown = (figure: string) => (of.currency === null ? <Units of={figure} /> : <Money of={figure} />)
  return (
    <tr>
      <td className="a">
        <span className="name">
          <b>{name}</b>
          {of.note ? <small>{of.note}</small> : null}
        </span>
      </td>
      <td className="c soft">{format.day(of.date)}</td>
      <td className="b n">{shown(of.stated)}</td>
      <td className="c n" data-l={t('account.stated.figured')}>
        {of.figured === null ? t('account.stated.unknown') : shown(of.figured)}
      </td>
      <td className="c">
        {of.result === 'holds' ? <span className="tag ok">{t('account.stated.holds')}</span> : null}
        {of.result === 'unknown' ? <span className="tag warn">{t('account.stated.rateMissing')}</span> : null}
        {of.result === 'differs' && of.difference !== null ? (
          <Link className="link" to={`/transactions${aroundDay(search, of)}`}>
            <span className="tag warn">{t('account.stated.differs')}</span>{' '}
            {of.currency === null ? <Units of={of.difference} /> : <Money of={of.difference} signed />}
          </Link>
        ) : null}
      </td>
      <td className="c n">
        <button
          type="button"
          className="icon mini-icon"
          onClick={() => withdraw(of.id)}
          aria-label={t('account.stated.withdraw', { name, day: of.date })}
        >
          <Icon name="cross" small />
        </button>
      </td>
    </tr>
  )
}

/** The journal of the account up to the day of the statement. */
function aroundDay(search: string, { accountId, date }: Assertion): string {
  const parts = new URLSearchParams(search)
  parts.set('account', accountId)
  parts.set('until', date)
  return `?${parts}`
}

function NewAssertion({ account, today, held }: { account: Schema<'Account'>; today: string; held: readonly string[] }) {
  const { t } = useTranslation()
  const { numberLocale: locale } = useFormat()
  const instruments = useInstrumentsQuery({}).data ?? []
  const [assert, { isLoading, error }] = useAssertBalanceMutation()
  const [values, setValues] = useState({ date: today, what: 'cash', amount: '', note: '' })
  const set = (name: keyof typeof values) => (value: string) => setValues((before) => ({ ...before, [name]: value }))
  const read = readDecimal(values.amount, locale)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (read === null) return
    const balance =
      values.what === 'cash'
        ? { cash: { amount: read, currency: account.currency } }
        : { units: { instrumentId: values.what, quantity: read } }
    const { data } = await assert({ accountId: account.id, date: values.date, ...balance, ...(values.note ? { note: values.note } : {}) })
    if (data) setValues({ ...values, amount: '', note: '' })
  }
  const choices = [
    { value: 'cash', words: t('account.cash', { currency: account.currency }) },
    ...instruments.filter(({ id }) => held.includes(id)).map(({ id, name }) => ({ value: id, words: name })),
  ]
  return (
    <form className="fields inline-fields" onSubmit={submit}>
      <TextField label={t('account.day')} type="date" value={values.date} max={today} onChange={set('date')} required />
      <ChoiceField label={t('account.what')} value={values.what} onChange={set('what')} choices={choices} />
      <NumberInput
        label={t('account.stated.stated')}
        value={values.amount}
        onChange={set('amount')}
        problem={values.amount.trim() !== '' && read === null ? t('transactions.noNumber') : null}
      />
      <TextField label={t('transactions.field.note')} value={values.note} onChange={set('note')} maxLength={2000} />
      <button type="submit" className="btn" disabled={isLoading || read === null}>
        {t('account.stated.keep')}
      </button>
      {error ? <ProblemNote problem={error as Problem} /> : null}
    </form>
  )
}
