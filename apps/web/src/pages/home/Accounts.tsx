import { Decimal } from '@pe/finance/money/decimal.ts'
import type { Schema } from '@pe/sdk/client.ts'
import { useTranslation } from 'react-i18next'
import { Money } from '../../components/common/Money.tsx'
import { Percent } from '../../components/common/Percent.tsx'
import { Stale } from '../../components/common/Stale.tsx'
import { useFormat } from '../../hooks/useFormat.ts'
import type { Scope } from '../../hooks/useScope.ts'
import { useView } from '../../hooks/useView.ts'
import { knownAtOf } from '../../hooks/view.ts'
import { useHoldingsQuery } from '../../services/analytics-api.ts'
import { useAccountsQuery } from '../../services/portfolio-api.ts'

type MoneyFigure = Schema<'MoneyFigure'>

/** What each account holds; a name narrows the screen to it. */
export function Accounts({ scope, holdings }: { scope: Scope; holdings: Schema<'Holdings'> }) {
  const { t } = useTranslation()
  const format = useFormat()
  const accounts = useAccountsQuery({ portfolioId: scope.portfolio.id }).data ?? []
  if (accounts.length === 0) return null
  const { totals } = holdings
  return (
    <section className="sec">
      <div className="sec-head">
        <h2>{t('home.accounts.title')}</h2>
        <p>{scope.currency}</p>
      </div>
      <table className="t cards">
        <thead>
          <tr>
            <th>{t('home.accounts.account')}</th>
            <th>{t('home.accounts.currency')}</th>
            <th className="n">{t('home.accounts.transactions')}</th>
            <th className="n">{t('home.accounts.holdings')}</th>
            <th className="n">{t('home.accounts.cash')}</th>
            <th className="n">{t('home.accounts.value')}</th>
            <th className="n">{t('home.accounts.weight')}</th>
          </tr>
        </thead>
        <tbody>
          {accounts.map((account) => (
            <AccountRow key={account.id} scope={scope} account={account} whole={totals.value} />
          ))}
        </tbody>
        <tfoot>
          <tr>
            <td className="a">{t('home.accounts.total')}</td>
            <td />
            <td className="n">{format.count(scope.portfolio.transactionCount)}</td>
            <td className="n">{format.count(holdings.holdings.length)}</td>
            <td className="n">
              <Money of={totals.cash} />
            </td>
            <td className="b n">
              <Money of={totals.value} />
            </td>
            <td className="n">
              <Percent of={shareOf(totals.value, totals.value)} bare />
            </td>
          </tr>
        </tfoot>
      </table>
    </section>
  )
}

interface AccountRowProps {
  readonly scope: Scope
  readonly account: Schema<'Account'>
  /** The value of all accounts. */
  readonly whole: MoneyFigure
}

function AccountRow({ scope, account, whole }: AccountRowProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const { change } = useView()
  const { portfolioId, currency } = scope.question
  const { data } = useHoldingsQuery({ portfolioId, accountId: account.id, asOf: scope.to, currency, ...knownAtOf(scope.view) })
  const value = data?.totals.value
  return (
    <tr>
      <td className="a">
        <span className="name">
          <button
            type="button"
            className="link"
            title={t('home.accounts.show', { name: account.name })}
            onClick={() => change({ account: account.id })}
          >
            <b>{account.name}</b>
          </button>
        </span>
      </td>
      <td className="c soft">{account.currency}</td>
      <td className="n soft">{format.count(account.transactionCount)}</td>
      <td className="n">{data ? format.count(data.holdings.length) : ''}</td>
      <td className="n">{data ? <Money of={data.totals.cash} /> : ''}</td>
      <td className="b n">
        {value?.staleSince ? <Stale since={value.staleSince} /> : null}
        {value ? <Money of={value} /> : ''}
      </td>
      <td className="d n">{value ? <Percent of={shareOf(value, whole)} bare /> : ''}</td>
    </tr>
  )
}

/** A share of an unknown whole is unknown, for the same reason. */
function shareOf(part: MoneyFigure, whole: MoneyFigure): Schema<'RatioFigure'> {
  const unknown = [whole, part].find(({ amount }) => amount === null)
  if (unknown)
    return {
      value: null,
      ...(unknown.reason ? { reason: unknown.reason } : {}),
      ...(unknown.detail ? { detail: unknown.detail } : {}),
      ...(unknown.facts ? { facts: unknown.facts } : {}),
    }
  const all = Decimal.parse(whole.amount ?? '0')
  return all.isZero()
    ? { value: null, reason: 'nothing-held' }
    : {
        value: Decimal.parse(part.amount ?? '0')
          .ratio(all)
          .toNumber(),
      }
}
