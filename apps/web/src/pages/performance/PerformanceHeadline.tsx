import { Decimal } from '@pe/finance/money/decimal.ts'
import type { Schema } from '@pe/sdk/client.ts'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Emphasis } from '../../components/common/Emphasis.tsx'
import { Money } from '../../components/common/Money.tsx'
import { Percent } from '../../components/common/Percent.tsx'
import { irrOf } from '../../components/portfolio/irr-of.ts'
import { periodExplain } from '../../components/portfolio/period-explain.ts'
import { useFormat } from '../../hooks/useFormat.ts'
import type { Scope } from '../../hooks/useScope.ts'
import { warningWords } from '../../hooks/warning-words.ts'

/** The return of the period: one number, the other kind beside it, one sentence. */
export function PerformanceHeadline({ scope, performance }: { scope: Scope; performance: Schema<'Performance'> }) {
  const { t } = useTranslation()
  const format = useFormat()
  const explain = periodExplain(scope, format)
  const irr = irrOf(performance)
  const irrFirst = scope.view.returnKind === 'irr'
  // Below a year the rate is not what was earned: it stands beneath, named for what it is.
  const asYearlyRate =
    irr.yearly || performance.xirr.value === null
      ? ''
      : t('performance.figures.yearlyRate', { figure: format.percent(performance.xirr.value, { signed: true }) })
  const irrName = t(irr.yearly ? 'performance.kind.irrYear' : 'performance.kind.irr')
  return (
    <div className="headline">
      <div>
        <div className="label">{t('performance.label', { from: format.day(performance.from), to: format.day(performance.to) })}</div>
        <div className="xl">
          {irrFirst ? (
            <Percent of={irr.figure} signed explain={explain('xirr', irrName)} />
          ) : (
            <Percent of={performance.twr} signed explain={explain('twr', t('shell.returnKind.twr'))} />
          )}
          <em>{irrFirst ? irrName : t('performance.kind.twr')}</em>
        </div>
        <p className="why">
          <Sentence performance={performance} irrFirst={irrFirst} />
        </p>
      </div>
      <dl className="kpis">
        <Lesser words={irrFirst ? t('shell.returnKind.twr') : irrName} more={irrFirst ? '' : asYearlyRate}>
          {irrFirst ? (
            <Percent of={performance.twr} signed explain={explain('twr', t('shell.returnKind.twr'))} />
          ) : (
            <Percent of={irr.figure} signed explain={explain('xirr', irrName)} />
          )}
        </Lesser>
        <Lesser words={t('performance.figures.perYear')}>
          <Percent of={performance.twrAnnualised} signed explain={explain('twrAnnualised', t('performance.figures.perYear'))} />
        </Lesser>
        <Lesser
          words={t('performance.figures.volatility')}
          more={
            performance.volatilityOfPeriod.value === null
              ? ''
              : t('performance.figures.volatilityOf', { figure: format.percent(performance.volatilityOfPeriod.value) })
          }
        >
          <Percent of={performance.volatility} explain={explain('volatility', t('performance.figures.volatility'))} />
        </Lesser>
        {performance.cost ? (
          <Lesser
            words={t('performance.figures.cost')}
            more={
              performance.costWithTaxes?.amount
                ? t('performance.figures.costWithTaxes', { amount: format.money(performance.costWithTaxes.amount) })
                : ''
            }
          >
            <Money of={performance.cost} explain={explain('cost', t('performance.figures.cost'))} />
          </Lesser>
        ) : null}
      </dl>
    </div>
  )
}

function Lesser({ words, more = '', children }: { words: string; more?: string; children: ReactNode }) {
  return (
    <div>
      <dt>{words}</dt>
      <dd>
        {children}
        <small>{more || '\u00a0'}</small>
      </dd>
    </div>
  )
}

/** Written from the figures; a part that is unknown is left out. */
function Sentence({ performance, irrFirst }: { performance: Schema<'Performance'>; irrFirst: boolean }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { twr, maxDrawdown, statement, currency } = performance
  const irr = irrOf(performance)
  const costs =
    statement && statement.fees.amount !== null && statement.taxes.amount !== null
      ? Decimal.parse(statement.fees.amount).plus(Decimal.parse(statement.taxes.amount))
      : null
  const parts: ReactNode[] = []
  if (!irrFirst && irr.figure.value !== null)
    parts.push(
      <Emphasis
        words="performance.sentence.yourMoney"
        values={{
          figure: format.percent(irr.figure.value, { signed: true }),
          basis: t(irr.yearly ? 'performance.sentence.perYear' : 'performance.sentence.ofPeriod'),
        }}
      />,
    )
  if (irrFirst && twr.value !== null)
    parts.push(<Emphasis words="performance.sentence.theHoldings" values={{ figure: format.percent(twr.value, { signed: true }) }} />)
  if (twr.value === null)
    parts.push(
      t('performance.sentence.noTwr', {
        reason: twr.detail
          ? warningWords({ code: twr.reason ?? '', detail: twr.detail, facts: twr.facts }, t, format)
          : t(`figures.reason.${twr.reason ?? 'unknown'}`),
      }),
    )
  if (costs?.isPositive())
    parts.push(<Emphasis words="performance.sentence.costs" values={{ amount: `${format.money(costs.toString())} ${currency}` }} />)
  if (maxDrawdown.value && maxDrawdown.peak && maxDrawdown.trough)
    parts.push(
      <Emphasis
        words="performance.sentence.drawdown"
        values={{
          figure: format.percent(-maxDrawdown.value),
          from: format.day(maxDrawdown.peak),
          to: format.day(maxDrawdown.trough),
          recovered: maxDrawdown.recovered
            ? t('performance.sentence.recovered', { date: format.day(maxDrawdown.recovered) })
            : t('performance.sentence.underWater'),
        }}
      />,
    )
  return parts.map((part, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: sentences in a fixed order
    <span key={at}>{part}. </span>
  ))
}
