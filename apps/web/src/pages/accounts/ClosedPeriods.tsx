import type { Problem, Schema } from '@pe/sdk/client.ts'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemNote } from '../../components/common/ProblemNote.tsx'
import { useFormat } from '../../hooks/useFormat.ts'
import { useClosePeriodMutation, usePeriodLocksQuery, useReopenPeriodMutation } from '../../services/account-api.ts'
import { ChoiceField, TextField } from '../transactions/FormFields.tsx'

/** Until when the account is closed, by itself or with all; what was closed and reopened stays in the list. */
export function ClosedPeriods({ account, today }: { account: Schema<'Account'>; today: string }) {
  const { t } = useTranslation()
  const { data = [], error, refetch } = usePeriodLocksQuery({ accountId: account.id })
  return (
    <section className="sec">
      <div className="sec-head">
        <h2>{t('account.periods.title')}</h2>
        <p>{t('account.periods.why')}</p>
      </div>
      {error ? <ProblemNote problem={error as Problem} retry={refetch} /> : null}
      {data.length > 0 ? (
        <table className="t cards">
          <thead>
            <tr>
              <th>{t('account.periods.through')}</th>
              <th>{t('account.periods.whose')}</th>
              <th>{t('account.periods.state')}</th>
              <th>
                <span className="sr">{t('waiting.actions')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {data.map((lock) => (
              <Row key={lock.id} of={lock} name={account.name} />
            ))}
          </tbody>
        </table>
      ) : null}
      <Close account={account} today={today} />
    </section>
  )
}

function Row({ of, name }: { of: Schema<'PeriodLock'>; name: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const [reopen, { isLoading, error }] = useReopenPeriodMutation()
  const day = (moment: string) => format.day(moment.slice(0, 10))
  return (
    <tr className={of.reopenedAt ? 'dim' : ''}>
      <td className="a">
        <span className="name">
          <b>{format.day(of.closedThrough)}</b>
          {of.reason ? <small>{of.reason}</small> : null}
        </span>
      </td>
      <td className="c soft">{of.accountId === null ? t('account.periods.all') : name}</td>
      <td className="c">
        <span className={of.reopenedAt ? 'tag' : 'tag ok'}>{t(of.reopenedAt ? 'account.periods.open' : 'account.periods.closed')}</span>{' '}
        <small className="soft">
          {t('account.periods.closedOn', { day: day(of.closedAt) })}
          {of.reopenedAt ? `, ${t('account.periods.reopenedOn', { day: day(of.reopenedAt) })}` : ''}
          {of.overrides > 0 ? `, ${t('account.periods.overrides', { count: of.overrides })}` : ''}
        </small>
        {error ? <ProblemNote problem={error as Problem} /> : null}
      </td>
      <td className="b n">
        {of.reopenedAt ? null : (
          <button type="button" className="link" disabled={isLoading} onClick={() => reopen(of.id)}>
            {t('account.periods.reopen')}
          </button>
        )}
      </td>
    </tr>
  )
}

function Close({ account, today }: { account: Schema<'Account'>; today: string }) {
  const { t } = useTranslation()
  const [close, { isLoading, error }] = useClosePeriodMutation()
  const [values, setValues] = useState({ through: `${Number(today.slice(0, 4)) - 1}-12-31`, whose: account.id, reason: '' })
  const set = (name: keyof typeof values) => (value: string) => setValues((before) => ({ ...before, [name]: value }))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const { through, whose, reason } = values
    close({ closedThrough: through, ...(whose === '' ? {} : { accountId: whose }), ...(reason ? { reason } : {}) })
  }
  return (
    <form className="fields inline-fields" onSubmit={submit}>
      <TextField label={t('account.periods.through')} type="date" value={values.through} max={today} onChange={set('through')} required />
      <ChoiceField
        label={t('account.periods.whose')}
        value={values.whose}
        onChange={set('whose')}
        choices={[
          { value: account.id, words: account.name },
          { value: '', words: t('account.periods.all') },
        ]}
      />
      <TextField label={t('account.periods.reason')} value={values.reason} onChange={set('reason')} maxLength={2000} />
      <button type="submit" className="btn" disabled={isLoading || values.through === ''}>
        {t('account.periods.close')}
      </button>
      {error ? <ProblemNote problem={error as Problem} /> : null}
    </form>
  )
}
