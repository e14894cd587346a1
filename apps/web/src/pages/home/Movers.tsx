import type { Problem, Schema } from '@pe/sdk/client.ts'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Explainable } from '../../components/common/Figure.tsx'
import { Money } from '../../components/common/Money.tsx'
import { ProblemNote } from '../../components/common/ProblemNote.tsx'
import { Waiting } from '../../components/common/Waiting.tsx'
import type { Scope } from '../../hooks/useScope.ts'
import { useView } from '../../hooks/useView.ts'
import { knownAtOf } from '../../hooks/view.ts'
import { useMoversQuery } from '../../services/analytics-api.ts'
import { type BarScale, barScale, isZero, type MoneyFigure, moverRows, sumOf } from './mover-rows.ts'

/** What made the result of the period: the largest gains and losses by instrument, the others together, and what no instrument made. */
export function Movers({ scope }: { scope: Scope }) {
  const { t } = useTranslation()
  const { search } = useView()
  const { portfolioId, from, to, currency } = scope.question
  const question = { portfolioId, to, currency, ...(from ? { from } : {}), ...knownAtOf(scope.view) }
  const { data, isFetching, error, refetch } = useMoversQuery(question)
  const { rows, others } = moverRows(data?.movers ?? [])
  const left = others.length > 0 ? sumOf(others, currency) : null
  const rest = data && !isZero(data.rest) ? data.rest : null
  const scale = barScale([...rows.map(({ profit }) => profit), ...(left ? [left] : []), ...(rest ? [rest] : [])])
  const ofWhole = (figure: string, title: string) => ({ figure, title, about: aboutOf(scope), from: { kind: 'movers', question } }) as const
  return (
    <section className="c6 gapr">
      <div className="sec-head">
        <h2>{t('home.movers.title')}</h2>
        <p>{t('home.movers.unit', { currency })}</p>
      </div>
      {error ? <ProblemNote problem={error as Problem} retry={refetch} /> : null}
      <Waiting on={isFetching}>
        {data && rows.length === 0 && !rest ? <p className="muted">{t('home.movers.none')}</p> : null}
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
                  {mover.profit.amount === null ? null : <Bar share={scale.share(mover.profit)} zero={scale.zero} />}
                </td>
                <td className="n">
                  <Money of={mover.profit} signed coloured explain={explainOf(scope, mover)} />
                </td>
              </tr>
            ))}
            {left ? <Further words={t('home.movers.others', { count: others.length })} of={left} scale={scale} /> : null}
            {rest ? (
              <Further words={t('home.movers.rest')} of={rest} scale={scale} explain={ofWhole('rest', t('home.movers.rest'))} />
            ) : null}
          </tbody>
          {data && (rows.length > 0 || rest) ? (
            <tfoot>
              <tr>
                <td className="a">{t('home.movers.total')}</td>
                <td />
                <td className="n">
                  <Money of={data.profit} signed explain={ofWhole('profit', t('home.movers.total'))} />
                </td>
              </tr>
            </tfoot>
          ) : null}
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

/** A row that is no instrument. */
function Further({ words, of, scale, explain }: { words: string; of: MoneyFigure; scale: BarScale; explain?: Explainable }) {
  return (
    <tr>
      <td className="a">
        <span className="name">
          <b className="soft">{words}</b>
        </span>
      </td>
      <td className="move">{of.amount === null ? null : <Bar share={scale.share(of)} zero={scale.zero} />}</td>
      <td className="n">
        <Money of={of} signed coloured explain={explain} />
      </td>
    </tr>
  )
}

function Bar({ share, zero }: { share: number; zero: number }) {
  return (
    <div className="dbar" style={{ '--z': `${zero}%` } as React.CSSProperties} aria-hidden="true">
      <i className={share < 0 ? 'm' : 'p'} style={{ width: `${Math.max(0.8, Math.abs(share))}%` }} />
    </div>
  )
}

function explainOf(scope: Scope, mover: Schema<'Mover'>) {
  return {
    figure: 'profit',
    title: mover.instrument,
    about: aboutOf(scope),
    from: { kind: 'performance', question: { ...scope.question, instrumentId: mover.instrumentId } },
  } as const
}

function aboutOf(scope: Scope): string {
  return `${scope.portfolio.name}, ${scope.currency}`
}

function withInstrument(search: string, id: string): string {
  const parts = new URLSearchParams(search)
  parts.set('instrument', id)
  return `?${parts}`
}
