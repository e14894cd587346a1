import { Decimal } from '@pe/finance/money/decimal.ts'
import type { Schema } from '@pe/sdk/client.ts'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../components/common/Icon.tsx'
import { Money } from '../../components/common/Money.tsx'
import { periodExplain } from '../../components/portfolio/period-explain.ts'
import { useFormat } from '../../hooks/useFormat.ts'
import type { Scope } from '../../hooks/useScope.ts'

type MoneyFigure = Schema<'MoneyFigure'>

/** Opening to closing, as a sum one can read. */
export function StatementStrip({ scope, performance }: { scope: Scope; performance: Schema<'Performance'> }) {
  const { t } = useTranslation()
  const format = useFormat()
  const explain = periodExplain(scope, format)
  const { statement } = performance
  if (!statement) return null
  const { from, to } = performance
  // Over a year the days alone would be ambiguous.
  const day = performance.days >= 350 ? format.day : format.dayShort
  const parts: readonly [words: string, figure: string, of: MoneyFigure, signed: boolean][] = [
    [t('home.statement.opening', { date: day(from) }), 'openingValue', statement.opening, false],
    [t('home.statement.flows'), 'flows', statement.flows, true],
    [t('home.statement.realised'), 'realisedGain', statement.realisedGain, true],
    [t('home.statement.unrealised'), 'unrealisedGain', statement.unrealisedGain, true],
    [t('home.statement.income'), 'income', statement.income, true],
    [t('home.statement.fees'), 'fees', negated(statement.fees), true],
    [t('home.statement.taxes'), 'taxes', negated(statement.taxes), true],
    [t('home.statement.currency'), 'currencyGain', statement.currencyGain, true],
    [t('home.statement.closing', { date: day(to) }), 'closingValue', statement.closing, false],
  ]
  return (
    <>
      <dl className="state" aria-label={t('home.statement.label')}>
        {parts.map(([words, figure, of, signed]) => (
          <div key={figure} className={signed ? '' : 'tot'}>
            <dt>{words}</dt>
            <dd>
              <Money of={of} signed={signed} explain={{ ...explain(figure, words), negated: charges.has(figure) }} />
            </dd>
          </div>
        ))}
      </dl>
      <p className="tie">
        {statement.addsUp ? <Icon name="tick" small /> : null}
        {statement.addsUp === null
          ? t('home.statement.unknown')
          : t(statement.addsUp ? 'home.statement.addsUp' : 'home.statement.addsUpNot', { date: format.day(from) })}
      </p>
    </>
  )
}

const charges: ReadonlySet<string> = new Set(['fees', 'taxes'])

/** Fees and taxes come as what they took; the strip is a sum. */
function negated(figure: MoneyFigure): MoneyFigure {
  return figure.amount === null ? figure : { ...figure, amount: Decimal.parse(figure.amount).negated().toString() }
}
