import { currencies } from '@pe/finance/money/currency.ts'
import type { Problem, Schema } from '@pe/sdk/client.ts'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ProblemNote } from '../../components/common/ProblemNote.tsx'
import { useToast } from '../../components/common/toast-context.ts'
import { useFormat } from '../../hooks/useFormat.ts'
import { useView } from '../../hooks/useView.ts'
import { useChangePortfolioMutation } from '../../services/portfolio-settings-api.ts'
import { SettingRow } from './SettingRow.tsx'

/** What the portfolio in view is counted in: kept in the book, for everybody who looks at it. */
export function BookSettings({ portfolio }: { portfolio: Schema<'Portfolio'> }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { search } = useView()
  const { announce } = useToast()
  const id = useId()
  const [change, { isLoading, error }] = useChangePortfolioMutation()
  const names = new Intl.DisplayNames(format.locale, { type: 'currency', fallback: 'code' })
  const choose = async (baseCurrency: string) => {
    const { data } = await change({ portfolioId: portfolio.id, version: portfolio.version, change: { baseCurrency } })
    if (!data) return
    const before = { baseCurrency: portfolio.baseCurrency }
    announce({
      message: t('settings.baseCurrencyNow', { portfolio: portfolio.name, currency: baseCurrency }),
      undo: () => change({ portfolioId: data.id, version: data.version, change: before }),
    })
  }
  return (
    <section className="sec">
      <div className="sec-head">
        <h2>{portfolio.name}</h2>
        <p>{t('settings.inBook')}</p>
      </div>
      <SettingRow name={<label htmlFor={id}>{t('settings.baseCurrency')}</label>} why={t('settings.baseCurrencyWhy')}>
        <select
          id={id}
          className="input sm"
          value={portfolio.baseCurrency}
          disabled={isLoading}
          onChange={({ target }) => choose(target.value)}
        >
          {currencies.map((code) => (
            <option key={code} value={code}>
              {`${code} · ${names.of(code)}`}
            </option>
          ))}
        </select>
      </SettingRow>
      {error ? <ProblemNote problem={error as Problem} /> : null}
      <SettingRow name={<h3>{t('settings.lots')}</h3>} why={t('gains.method.label', { method: t(`gains.method.${portfolio.costMethod}`) })}>
        <Link className="link" to={`/gains${search}`}>
          {t('settings.lotsWhere')}
        </Link>
      </SettingRow>
      <SettingRow name={<h3>{t('settings.accounts')}</h3>} why={t('settings.accountsWhy', { count: portfolio.accountIds.length })}>
        <Link className="link" to={`/portfolios${search}`}>
          {t('settings.accountsWhere')}
        </Link>
      </SettingRow>
    </section>
  )
}
