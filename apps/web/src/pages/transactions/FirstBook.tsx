import { currencies } from '@pe/finance/money/currency.ts'
import type { Problem } from '@pe/sdk/client.ts'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { ProblemNote } from '../../components/common/ProblemNote.tsx'
import { useCreatePortfolioMutation, useOpenAccountMutation } from '../../services/journal-api.ts'
import { ChoiceField, TextField } from './FormFields.tsx'

/** Starting by hand: a portfolio needs a name, a currency and a first account. */
export function FirstBook() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [name, setName] = useState(t('import.firstPortfolio'))
  const [account, setAccount] = useState('')
  const [currency, setCurrency] = useState('EUR')
  const [open, opening] = useOpenAccountMutation()
  const [create, creating] = useCreatePortfolioMutation()
  const start = async (event: FormEvent) => {
    event.preventDefault()
    const opened = await open({ name: account.trim(), currency })
    if (!opened.data) return
    const created = await create({ name: name.trim(), baseCurrency: currency, accountIds: [opened.data.id] })
    if (created.data) navigate(`/transactions?portfolio=${created.data.id}&new=1`)
  }
  const problem = (opening.error ?? creating.error) as Problem | undefined
  return (
    <>
      <div className="page-head">
        <h1>{t('shell.places.transactions')}</h1>
      </div>
      <p className="why">
        {t('transactions.firstWhy')} <Link to="/import">{t('transactions.importOne')}</Link>
      </p>
      <form className="fields first-book" onSubmit={start}>
        <TextField label={t('transactions.portfolioName')} value={name} onChange={setName} required maxLength={200} />
        <ChoiceField
          label={t('import.baseCurrency')}
          value={currency}
          onChange={setCurrency}
          choices={currencies.map((code) => ({ value: code, words: code }))}
        />
        <TextField
          label={t('transactions.accountName')}
          value={account}
          onChange={setAccount}
          required
          maxLength={200}
          placeholder={t('transactions.accountExample')}
        />
        {problem ? <ProblemNote problem={problem} /> : null}
        <p>
          <button
            type="submit"
            className="btn pri"
            disabled={opening.isLoading || creating.isLoading || account.trim() === '' || name.trim() === ''}
          >
            {t('transactions.start')}
          </button>
        </p>
      </form>
    </>
  )
}
