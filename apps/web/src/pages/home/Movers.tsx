import { Decimal } from '@pe/finance/money/decimal.ts'
import type { Problem, Schema } from '@pe/sdk/client.ts'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Money } from '../../components/common/Money.tsx'
import { ProblemNote } from '../../components/common/ProblemNote.tsx'
import { Waiting } from '../../components/common/Waiting.tsx'
import type { Scope } from '../../hooks/useScope.ts'
import { useView } from '../../hooks/useView.ts'
import { useMoversQuery } from '../../services/analytics-api.ts'

const shown = 7

/** What each instrument earned over the period: the largest gains and the largest losses. */
export function Movers({ scope }: { scope: Scope }) {
  const { t } = useTranslation()
  const { search } = useView()
  const { portfolioId, from, to, currency } = scope.question
  const { data, isFetching, error, refetch } = useMoversQuery({ portfolioId, to, currency, ...(from ? { from } : {}) })
  const known = data?.movers.filter(({ profit }) => profit.amount !== null && !Decimal.parse(profit.amount).isZero()) ?? []
  const rows = extremes(known)
  const scale = barScale(rows)
  return (
    <section className="c6 gapr">
      <div className="sec-head">
        <h2>{t('home.movers.title')}</h2>
        <p>{t('home.movers.unit', { currency })}</p>
      </div>
      {error ? <ProblemNote problem={error as Problem} retry={refetch} /> : null}
      <Waiting on={isFetching}>
        {data && rows.length === 0 ? <p className="muted">{t('home.movers.none')}</p> : null}
        <table className="t plain" aria-label={t('home.movers.title')}>
          <tbody>
            {rows.map((mover) => (
              <tr key={mover.instrumentId}>
                <td className="a">
                  <span className="name">
                    <Link to={`/performance${withInstrument(search, mover.instrumentId)}`}>
                      <b>{mover.instrument}</b>
                    </Link>
                    {mover.held ? <small>{mover.symbol}</small> : <small>{t('home.movers.closed')}</small>}
                  </span>
                </td>
                <td className="move">
                  <Bar share={scale.share(mover)} zero={scale.zero} />
                </td>
                <td className="n">
                  <Money of={mover.profit} signed coloured explain={explainOf(scope, mover)} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {data && data.movers.length > rows.length ? (
          <p className="tie">
            <Link to={`/holdings${search}`}>{t('home.movers.all', { count: data.movers.length })}</Link>
          </p>
        ) : null}
      </Waiting>
    </section>
  )
}

type Mover = Schema<'Mover'>

function amountOf(mover: Mover): number {
  return Number(mover.profit.amount ?? 0)
}

/** The largest gains first, then the largest losses, as many as fit; at least two places go to losses where there are any. */
function extremes(movers: readonly Mover[]): Mover[] {
  const ordered = [...movers].sort((a, b) => amountOf(b) - amountOf(a))
  if (ordered.length <= shown) return ordered
  const losses = ordered.filter((mover) => amountOf(mover) < 0)
  const places = Math.min(losses.length, 2)
  return [...ordered.slice(0, shown - places), ...ordered.slice(ordered.length - places)]
}

/** One scale and one zero line for all bars. */
function barScale(movers: readonly Mover[]): { zero: number; share: (mover: Mover) => number } {
  const amounts = movers.map(amountOf)
  const most = Math.max(0, ...amounts)
  const least = Math.min(0, ...amounts)
  const width = most - least || 1
  return { zero: (-least / width) * 100, share: (mover) => (amountOf(mover) / width) * 100 }
}

function Bar({ share, zero }: { share: number; zero: number }) {
  return (
    <div className="dbar" style={{ '--z': `${zero}%` } as React.CSSProperties} aria-hidden="true">
      <i className={share < 0 ? 'm' : 'p'} style={{ width: `${Math.max(0.8, Math.abs(share))}%` }} />
    </div>
  )
}

function explainOf(scope: Scope, mover: Mover) {
  return {
    figure: 'profit',
    title: mover.instrument,
    about: `${scope.portfolio.name}, ${scope.currency}`,
    from: { kind: 'performance', question: { ...scope.question, instrumentId: mover.instrumentId } },
  } as const
}

function withInstrument(search: string, id: string): string {
  const parts = new URLSearchParams(search)
  parts.set('instrument', id)
  return `?${parts}`
}
