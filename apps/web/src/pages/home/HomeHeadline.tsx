import type { Schema } from '@pe/sdk/client.ts'
import { useTranslation } from 'react-i18next'
import { Figure } from '../../components/common/Figure.tsx'
import { Icon } from '../../components/common/Icon.tsx'
import { Money } from '../../components/common/Money.tsx'
import { Percent } from '../../components/common/Percent.tsx'
import { Stale } from '../../components/common/Stale.tsx'
import { Unknown } from '../../components/common/Unknown.tsx'
import { scopeOfDay, useDayFigures } from '../../components/portfolio/day-figures.ts'
import { irrOf } from '../../components/portfolio/irr-of.ts'
import { holdingExplain, periodExplain } from '../../components/portfolio/period-explain.ts'
import { useFormat } from '../../hooks/useFormat.ts'
import type { Scope } from '../../hooks/useScope.ts'
import { HomeSentence } from './HomeSentence.tsx'

interface HomeHeadlineProps {
  readonly scope: Scope
  readonly performance: Schema<'Performance'>
  readonly holdings: Schema<'Holdings'> | undefined
}

/** One number, one line why, three lesser figures. */
export function HomeHeadline({ scope, performance, holdings }: HomeHeadlineProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const explain = periodExplain(scope, format)
  const value = performance.closingValue
  const day = useDayFigures(scope, holdings)
  const dayWords = (date: string) => (date.slice(0, 4) === scope.to.slice(0, 4) ? format.dayShort(date) : format.day(date))
  const { instrumentId } = scope.view
  const inView = holdings?.holdings.filter((holding) => instrumentId === null || holding.instrumentId === instrumentId) ?? []
  const older = inView.filter((holding) => holding.value.staleSince).length
  // cash and the value itself may rest on an old rate where every price is of today
  const cash = instrumentId === null ? (holdings?.cash ?? []) : []
  const rateOf = [value.staleSince, ...cash.map((balance) => balance.value.staleSince)].filter((date) => date !== undefined).sort()[0]
  return (
    <div className="headline">
      <div>
        <div className="label">
          {t('home.label.value', { date: format.day(performance.to) })}
          {older > 0 ? (
            <span className="stale" title={value.staleSince ? t('figures.stale', { date: format.day(value.staleSince) }) : undefined}>
              <Icon name="clock" small />
              {t('figures.staleSince', { count: older })}
            </span>
          ) : rateOf ? (
            <Stale since={rateOf} />
          ) : null}
        </div>
        <div className="xl">
          {value.amount === null ? (
            <Unknown {...value} />
          ) : (
            <Figure explain={explain('closingValue', t('explain.figure.value'))} shown={`${format.money(value.amount)} ${scope.currency}`}>
              <Cents text={format.money(value.amount)} masked={format.privacy === 'masked'} />
            </Figure>
          )}
          <em>{scope.currency}</em>
        </div>
        <HomeSentence performance={performance} holdings={holdings} />
      </div>
      <dl className="kpis">
        <Return scope={scope} performance={performance} />
        <div>
          <dt>{t('home.lesser.profit')}</dt>
          <dd>
            <Money of={performance.profit} signed coloured explain={explain('profit', t('home.lesser.profit'))} />
            <small>{t('home.lesser.profitOn')}</small>
          </dd>
        </div>
        {day && scope.view.instrumentId === null ? (
          <div>
            <dt>{t('home.lesser.day', { date: dayWords(day.asOf) })}</dt>
            <dd>
              <Money
                of={day.totals.dayChange}
                signed
                coloured
                explain={holdingExplain(scopeOfDay(scope, day.asOf), format)('dayChange', t('explain.figure.dayChange'))}
              />
              <small>{t(day.asOf === scope.to ? 'home.lesser.ofValue' : 'home.lesser.ofTradingDay')}</small>
            </dd>
          </div>
        ) : null}
      </dl>
    </div>
  )
}

/** Decimals step back behind the whole. */
function Cents({ text, masked }: { text: string; masked: boolean }) {
  if (masked) return <span className="dots">{text}</span>
  const [, whole = text, cents = ''] = /^(.*?)([.,]\d+)?$/.exec(text) ?? []
  return (
    <>
      {whole}
      <i>{cents}</i>
    </>
  )
}

function Return({ scope, performance }: { scope: Scope; performance: Schema<'Performance'> }) {
  const { t } = useTranslation()
  const format = useFormat()
  const explain = periodExplain(scope, format)
  const irrFirst = scope.view.returnKind === 'irr'
  const { twr } = performance
  const irr = irrOf(performance)
  const percent = (value: number | null) => (value === null ? '—' : format.percent(value, { signed: true }))
  const basis = (value: number | null) =>
    t(irr.yearly ? 'home.lesser.perYear' : 'home.lesser.ofPeriod', { figure: `${t('shell.returnKind.irr')} ${percent(value)}` })
  return (
    <div>
      <dt>{irrFirst ? t(irr.yearly ? 'performance.kind.irrYear' : 'performance.kind.irr') : t('shell.returnKind.twr')}</dt>
      <dd>
        {irrFirst ? (
          <Percent of={irr.figure} signed explain={explain('xirr', t('shell.returnKind.irr'))} />
        ) : (
          <Percent of={twr} signed explain={explain('twr', t('shell.returnKind.twr'))} />
        )}
        <small>{irrFirst ? `${t('shell.returnKind.twr')} ${percent(twr.value)}` : basis(irr.figure.value)}</small>
      </dd>
    </div>
  )
}
