import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Money } from '../../../components/common/Money.tsx'
import { Units } from '../../../components/common/Units.tsx'
import { useView } from '../../../hooks/useView.ts'
import type { JournalRow } from '../journal-rows.ts'
import type { NamesOf } from '../useChangeWords.ts'

/** The legs of one event; the one that is shown is marked, the others are a step away. */
export function LegsOfEvent({ of, shown, instrumentOf }: { of: JournalRow; shown: string } & NamesOf) {
  const { t } = useTranslation()
  const { search } = useView()
  if (!of.legs) return null
  return (
    <section className="sec">
      <div className="sec-head">
        <h2>{t('transactions.legs', { count: of.legs.length })}</h2>
        <p>{t('transactions.one.legsWhy', { kind: t(`kind.${of.event?.kind ?? of.kind}`) })}</p>
      </div>
      <table className="t cards">
        <thead>
          <tr>
            <th>{t('transactions.column.kind')}</th>
            <th>{t('transactions.column.what')}</th>
            <th className="n">{t('transactions.column.units')}</th>
            <th className="n">{t('transactions.field.amount')}</th>
            <th className="n">{t('transactions.column.cash')}</th>
          </tr>
        </thead>
        <tbody>
          {of.legs.map((leg) => (
            <tr key={leg.id} className={leg.id === shown ? 'selected' : ''}>
              <td className="a">
                {leg.id === shown ? (
                  <b aria-current="page">{t(`kind.${leg.kind}`)}</b>
                ) : (
                  <Link className="link" to={`/transactions/${leg.id}${search}`}>
                    {t(`kind.${leg.kind}`)}
                  </Link>
                )}
              </td>
              <td className="c">{instrumentOf(leg.instrumentId ?? '')?.name ?? leg.note}</td>
              <td className="d n">
                {leg.quantity === null ? null : (
                  <>
                    <Units of={leg.quantity} /> <span className="only-phone kindp">{t('account.unitsOf')}</span>
                  </>
                )}
              </td>
              <td className="n">
                <Money of={leg.amount} /> {leg.currency}
              </td>
              <td className="b n">
                {leg.cashEffect ? (
                  <>
                    <Money of={leg.cashEffect.amount} signed /> {leg.cashEffect.currency}
                  </>
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
