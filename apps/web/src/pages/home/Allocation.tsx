import type { Schema } from '@pe/sdk/client.ts'
import { useTranslation } from 'react-i18next'
import { Money } from '../../components/common/Money.tsx'
import { Percent } from '../../components/common/Percent.tsx'
import { useFormat } from '../../hooks/useFormat.ts'
import type { Scope } from '../../hooks/useScope.ts'
import { currencyShares } from './currency-shares.ts'

const colours = ['--chart-1', '--chart-3', '--chart-5', '--chart-2', '--chart-6', '--chart-8', '--chart-4', '--chart-7', '--chart-10']

/** Where the value lies, by currency. */
export function Allocation({ scope, holdings }: { scope: Scope; holdings: Schema<'Holdings'> }) {
  const { t } = useTranslation()
  const format = useFormat()
  const shares = currencyShares(holdings)
  if (shares.length === 0) return null
  const colour = (at: number) => `var(${colours[at] ?? '--chart-9'})`
  return (
    <section className="c6">
      <div className="sec-head">
        <h2>{t('home.allocation.title')}</h2>
        <p>{t('home.allocation.unit')}</p>
      </div>
      <div
        className="stack"
        role="img"
        aria-label={`${t('home.allocation.label')}: ${shares.map(({ currency, weight }) => `${currency} ${format.percent(weight)}`).join(', ')}`}
      >
        {shares.map(({ currency, share, weight }, at) =>
          share > 0 ? (
            <i
              key={currency}
              style={{ width: `${share * 100}%`, background: colour(at) }}
              title={`${currency} ${format.percent(weight)}`}
            />
          ) : null,
        )}
      </div>
      <table className="t plain" style={{ marginTop: 8 }}>
        <thead>
          <tr>
            <th>{t('home.allocation.currency')}</th>
            <th className="n">{`${t('home.allocation.value')} ${scope.currency}`}</th>
            <th className="n">{t('home.allocation.weight')}</th>
          </tr>
        </thead>
        <tbody>
          {shares.map(({ currency, value, weight }, at) => (
            <tr key={currency}>
              <td>
                <span className="name">
                  <span className="sw" style={{ background: colour(at) }} />
                  {currency}
                </span>
              </td>
              <td className="n">
                <Money of={value} />
              </td>
              <td className="n">
                <Percent of={weight} bare />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
