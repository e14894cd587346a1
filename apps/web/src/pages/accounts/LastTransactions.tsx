import type { Schema } from '@pe/sdk/client.ts'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Money } from '../../components/common/Money.tsx'
import { useFormat } from '../../hooks/useFormat.ts'
import { useView } from '../../hooks/useView.ts'
import { useLastTransactionsQuery } from '../../services/account-api.ts'
import { useInstrumentsQuery } from '../../services/portfolio-api.ts'

/** The newest ten that are posted. */
export function LastTransactions({ accountId }: { accountId: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { search } = useView()
  const rows = useLastTransactionsQuery(accountId).data ?? []
  const instruments = useInstrumentsQuery({}).data ?? []
  if (rows.length === 0) return null
  const told = ({ instrumentId, note }: Schema<'Transaction'>) => instruments.find(({ id }) => id === instrumentId)?.name ?? note
  return (
    <section className="sec">
      <div className="sec-head">
        <h2>{t('account.last')}</h2>
      </div>
      <table className="t cards">
        <thead>
          <tr>
            <th>{t('account.what')}</th>
            <th>{t('account.day')}</th>
            <th className="n">{t('account.amount')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td className="a">
                <span className="name">
                  <Link className="link quiet" to={`/transactions/${row.id}${search}`}>
                    <b>
                      {t(`kind.${row.kind}`)}
                      <span className="only-phone kindp">{told(row) ? ` · ${told(row)}` : ''}</span>
                    </b>
                  </Link>
                  <small>{told(row)}</small>
                </span>
              </td>
              <td className="c soft">{format.day(row.date)}</td>
              <td className="b n">
                {row.cashEffect ? (
                  <>
                    <Money of={row.cashEffect.amount} signed /> {row.cashEffect.currency}
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
