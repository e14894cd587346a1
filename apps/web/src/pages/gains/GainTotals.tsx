import type { Schema } from '@pe/sdk/client.ts'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Money } from '../../components/common/Money.tsx'

/** The gain of the period, by term, and what of it currencies made. */
export function GainTotals({ gains: { totals, byTerm } }: { gains: Schema<'RealisedGains'> }) {
  const { t } = useTranslation()
  const names = { short: t('gains.figures.short'), long: t('gains.figures.long') }
  return (
    <dl className="kpis gain-totals">
      <Total name={t('gains.figures.gain')}>
        <Money of={totals.gain} signed coloured />
      </Total>
      {byTerm.map(({ term, totals: own }) => (
        <Total key={term} name={term === null ? t('gains.figures.undated') : names[term]}>
          <Money of={own.gain} signed coloured />
        </Total>
      ))}
      <Total name={t('gains.figures.currencyGain')}>
        <Money of={totals.currencyGain} signed coloured />
      </Total>
      <Total name={t('gains.figures.proceeds')}>
        <Money of={totals.proceeds} />
      </Total>
      <Total name={t('gains.figures.cost')}>
        <Money of={totals.cost} />
      </Total>
    </dl>
  )
}

function Total({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
