import type { Problem, Schema } from '@pe/sdk/client.ts'
import { skipToken } from '@reduxjs/toolkit/query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Money } from '../../../components/common/Money.tsx'
import { ProblemNote } from '../../../components/common/ProblemNote.tsx'
import { Units } from '../../../components/common/Units.tsx'
import { Skeleton } from '../../../components/common/Waiting.tsx'
import { useFormat } from '../../../hooks/useFormat.ts'
import { useView } from '../../../hooks/useView.ts'
import { useLotsOfTransactionQuery } from '../../../services/gains-api.ts'
import { useAboutQuery, usePortfoliosQuery } from '../../../services/portfolio-api.ts'

type Lot = Schema<'LotHistory'>

/** The lot that it began and those it took of, as the portfolio in view keeps its lots; else any that has the account. */
export function LotsMoved({ of, instrumentId }: { of: Schema<'Transaction'>; instrumentId: string }) {
  const { t } = useTranslation()
  const { view, search } = useView()
  const today = useAboutQuery().data?.today
  const portfolios = usePortfoliosQuery().data
  const holding = portfolios?.filter(({ accountIds }) => accountIds.includes(of.accountId)) ?? []
  const portfolio = holding.find(({ id }) => id === view.portfolioId) ?? holding[0]
  const asked =
    portfolio && today
      ? { portfolioId: portfolio.id, instrumentId, currency: portfolio.baseCurrency, asOf: today, transactionId: of.id }
      : skipToken
  const { data, error, isLoading, refetch } = useLotsOfTransactionQuery(asked)
  if (!portfolios || isLoading) return <Skeleton chart={false} rows={2} />
  const began = data?.filter(({ lotId }) => lotId === of.id) ?? []
  const took = data?.filter(({ lotId, takings }) => lotId !== of.id && takings.some(({ transactionId }) => transactionId === of.id)) ?? []
  if (portfolio && !error && began.length + took.length === 0) return null
  const parts = new URLSearchParams(search)
  if (portfolio) parts.set('portfolio', portfolio.id)
  parts.set('instrument', instrumentId)
  return (
    <section className="sec">
      <div className="sec-head">
        <h2>{t('gains.lots.title')}</h2>
        <p>
          {portfolio
            ? `${portfolio.name}: ${t('gains.method.label', { method: t(`gains.method.${portfolio.costMethod}`) })}`
            : t('transactions.one.noPortfolio')}
        </p>
        {portfolio ? (
          <span className="end">
            <Link className="link" to={`/lots?${parts}`}>
              {t('transactions.one.allLots')}
            </Link>
          </span>
        ) : null}
      </div>
      {error ? <ProblemNote problem={error as Problem} retry={refetch} /> : null}
      {portfolio && began.length > 0 ? <Began lots={began} currency={portfolio.baseCurrency} /> : null}
      {portfolio && took.length > 0 ? <Took lots={took} by={of.id} currency={portfolio.baseCurrency} /> : null}
    </section>
  )
}

/** What it began: what is left, and who took the rest. */
function Began({ lots, currency }: { lots: readonly Lot[]; currency: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { search } = useView()
  return (
    <table className="t cards" aria-label={t('transactions.one.began')}>
      <thead>
        <tr>
          <th>{t('transactions.one.began')}</th>
          <th className="n">{t('gains.lots.columns.bought')}</th>
          <th>{t('gains.lots.columns.taken')}</th>
          <th className="n">{t('gains.lots.columns.left')}</th>
          <th className="n">{`${t('gains.lots.columns.cost')} ${currency}`}</th>
        </tr>
      </thead>
      <tbody>
        {lots.map((lot) => (
          <tr key={`${lot.instrumentId} ${lot.lotId}`}>
            <td className="a">
              <b>{lot.instrument}</b>
            </td>
            <td className="n">{lot.unitsBought === null ? '\u2014' : <Units of={lot.unitsBought} />}</td>
            <td className="c takers">
              {lot.takings.length === 0 ? (
                <span className="muted">{t('transactions.one.untouched')}</span>
              ) : (
                lot.takings.map(({ transactionId, place, date, units }) => (
                  <Link key={`${transactionId} ${place}`} className="link" to={`/transactions/${transactionId}${search}`}>
                    <Units of={units} /> · {format.day(date)}
                  </Link>
                ))
              )}
            </td>
            <td className="b n">
              <Units of={lot.units} /> <span className="only-phone kindp">{t('transactions.one.left')}</span>
            </td>
            <td className="d n">
              <Money of={lot.held.length === 0 ? '0' : lot.cost} /> <span className="only-phone kindp">{currency}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** What it took of which lot, and what that gained. */
function Took({ lots, by, currency }: { lots: readonly Lot[]; by: string; currency: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { search } = useView()
  const takings = lots.flatMap((lot) => lot.takings.filter(({ transactionId }) => transactionId === by).map((taking) => ({ lot, taking })))
  return (
    <table className="t cards" aria-label={t('transactions.one.took')}>
      <thead>
        <tr>
          <th>{t('transactions.one.took')}</th>
          <th className="n">{t('gains.columns.units')}</th>
          <th className="n">{`${t('gains.columns.proceeds')} ${currency}`}</th>
          <th className="n">{`${t('gains.columns.cost')} ${currency}`}</th>
          <th className="n">{`${t('gains.columns.gain')} ${currency}`}</th>
        </tr>
      </thead>
      <tbody>
        {takings.map(({ lot, taking }) => (
          <tr key={`${lot.lotId} ${taking.place}`}>
            <td className="a">
              <Link className="link" to={`/transactions/${lot.lotId}${search}`}>
                {t('transactions.one.lotOf', { date: format.day(lot.acquiredOn) })}
              </Link>
            </td>
            <td className="c n">
              <Units of={taking.units} /> <span className="only-phone kindp">{t('account.unitsOf')}</span>
            </td>
            <td className="n">
              <Money of={taking.proceeds} />
            </td>
            <td className="n">
              <Money of={taking.cost} />
            </td>
            <td className="b n">
              <Money of={taking.gain} signed coloured />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
