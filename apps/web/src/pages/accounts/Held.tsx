import type { Schema } from '@pe/sdk/client.ts'
import { skipToken } from '@reduxjs/toolkit/query'
import { useTranslation } from 'react-i18next'
import { Money } from '../../components/common/Money.tsx'
import { Stale } from '../../components/common/Stale.tsx'
import { Units } from '../../components/common/Units.tsx'
import { useFormat } from '../../hooks/useFormat.ts'
import { useView } from '../../hooks/useView.ts'
import { knownAtOf } from '../../hooks/view.ts'
import { type AccountValueQuestion, useAccountValueQuery, useHoldingsQuery } from '../../services/analytics-api.ts'
import { useInstrumentsQuery, usePortfoliosQuery } from '../../services/portfolio-api.ts'

/** Balances and positions as the book has them; what they are worth, where a portfolio holds the account. */
export function Held({ account, positions }: { account: Schema<'Account'>; positions: Schema<'Positions'> }) {
  const { t } = useTranslation()
  const format = useFormat()
  const instruments = useInstrumentsQuery({}).data ?? []
  const { worth, inNone } = useWorth(account, positions.asOf)
  const known = knownAtOf(useView().view)
  const whole = useAccountValueQuery({ accountId: account.id, asOf: positions.asOf, currency: account.currency, ...known }).data
  const nameOf = (instrumentId: string) => instruments.find(({ id }) => id === instrumentId)?.name ?? ''
  const byName = positions.positions.toSorted((a, b) => nameOf(a.instrumentId).localeCompare(nameOf(b.instrumentId)))
  const nothing = positions.cash.length + positions.positions.length === 0
  return (
    <section className="sec">
      <div className="sec-head">
        <h2>{t('account.held')}</h2>
        <p>{format.day(positions.asOf)}</p>
      </div>
      {nothing ? <p className="note calm">{t('account.nothingHeld')}</p> : null}
      {nothing ? null : (
        <table className="t cards">
          <thead>
            <tr>
              <th className="widest">{t('account.what')}</th>
              <th className="n">{t('account.lots')}</th>
              <th className="n">{t('account.units')}</th>
              <th className="n">{t('account.value', { currency: account.currency })}</th>
            </tr>
          </thead>
          <tbody>
            {positions.cash.map(({ balance: { amount, currency } }) => (
              <tr key={currency}>
                <td className="a">
                  <span className="name">
                    <b>{t('account.cash', { currency })}</b>
                  </span>
                </td>
                <td />
                <td className="c n">
                  {currency === account.currency ? null : (
                    <>
                      <Money of={amount} /> {currency}
                    </>
                  )}
                </td>
                <td className="b n">
                  {currency === account.currency ? (
                    <Money of={amount} />
                  ) : (
                    <Worth of={worth?.cash.find(({ balanceCurrency }) => balanceCurrency === currency)?.value} />
                  )}
                </td>
              </tr>
            ))}
            {byName.map(({ instrumentId, quantity, lots }) => (
              <tr key={instrumentId}>
                <td className="a">
                  <span className="name">
                    <b>{nameOf(instrumentId)}</b>
                  </span>
                </td>
                <td className="n soft num">{format.count(lots.length)}</td>
                <td className="c n">
                  <Units of={quantity} /> <span className="only-phone kindp">{t('account.unitsOf')}</span>
                </td>
                <td className="b n">
                  {inNone ? (
                    <OwnWorth
                      accountId={account.id}
                      instrumentId={instrumentId}
                      asOf={positions.asOf}
                      currency={account.currency}
                      {...known}
                    />
                  ) : (
                    <Worth of={worth?.holdings.find((held) => held.instrumentId === instrumentId)?.value} />
                  )}
                </td>
              </tr>
            ))}
          </tbody>
          {whole ? (
            <tfoot>
              <tr>
                <td className="a">{t('account.whole')}</td>
                <td />
                <td />
                <td className="b n">
                  <Worth of={whole} />
                </td>
              </tr>
            </tfoot>
          ) : null}
        </table>
      )}
    </section>
  )
}

function Worth({ of }: { of: Schema<'MoneyFigure'> | undefined }) {
  if (!of) return null
  return (
    <>
      {of.staleSince ? <Stale since={of.staleSince} /> : null}
      <Money of={of} />
    </>
  )
}

/** In no portfolio: its value is asked for by itself. */
function OwnWorth(asked: AccountValueQuestion) {
  return <Worth of={useAccountValueQuery(asked).data} />
}

/** Figures belong to portfolios: of the one in view where it holds the account, else of any that does. */
function useWorth(
  { id: accountId, currency }: Schema<'Account'>,
  asOf: string,
): { worth: Schema<'Holdings'> | undefined; inNone: boolean } {
  const { view } = useView()
  const portfolios = usePortfoliosQuery().data
  const holding = (portfolios ?? []).filter(({ accountIds }) => accountIds.includes(accountId))
  const portfolio = holding.find(({ id }) => id === view.portfolioId) ?? holding[0]
  const worth = useHoldingsQuery(portfolio ? { portfolioId: portfolio.id, accountId, asOf, currency, ...knownAtOf(view) } : skipToken).data
  return { worth, inNone: portfolios !== undefined && !portfolio }
}
