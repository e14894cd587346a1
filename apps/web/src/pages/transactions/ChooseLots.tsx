import { Decimal } from '@pe/finance/money/decimal.ts'
import { addDays, type PlainDate } from '@pe/finance/time/plain-date.ts'
import type { Schema } from '@pe/sdk/client.ts'
import { skipToken } from '@reduxjs/toolkit/query'
import { useTranslation } from 'react-i18next'
import { Money } from '../../components/common/Money.tsx'
import { readDecimal } from '../../hooks/read-decimal.ts'
import { useFormat } from '../../hooks/useFormat.ts'
import { useScope } from '../../hooks/useScope.ts'
import { useAccountLotsQuery } from '../../services/gains-api.ts'
import { NumberInput } from './FormFields.tsx'
import type { FormValues } from './form-values.ts'
import { gainExpected } from './gain-expected.ts'
import { type ChosenLots, lotsOf, withLotsTaken } from './lot-choices.ts'

interface ChooseLotsProps {
  /** The transaction that is corrected: the lots that it took are there to choose again. */
  readonly edited: Schema<'Transaction'> | null

  readonly values: FormValues
  readonly chosen: ChosenLots
  readonly onChange: (chosen: ChosenLots) => void
}

/** Which lots leave, and what the sale would gain: reckoned here on the lots that were read, as the server will. */
export function ChooseLots({ edited, values, chosen, onChange }: ChooseLotsProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const scope = useScope()
  const method: Schema<'CostMethod'> = scope.status === 'ready' ? scope.scope.portfolio.costMethod : 'fifo'
  const { data } = useAccountLotsQuery({ accountId: values.accountId, asOf: values.date })
  const eve = edited && edited.date <= values.date ? addDays(edited.date as PlainDate, -1) : null
  const before = useAccountLotsQuery(eve ? { accountId: values.accountId, asOf: eve } : skipToken).data
  const lots = withLotsTaken(lotsOf(data, values.instrumentId), lotsOf(before, values.instrumentId))
  const open = lots.filter(({ quantity }) => !quantity.startsWith('-'))
  const problemOf = (text: string | undefined, quantity: string) => {
    if (text === undefined || text.trim() === '') return null
    const units = readDecimal(text, format.numberLocale)
    if (units === null) return t('transactions.noNumber')
    return Decimal.parse(quantity).isLessThan(Decimal.parse(units)) ? t('gains.choose.overLot', { units: format.units(quantity) }) : null
  }
  if (!data || (eve && !before)) return null
  return (
    <details className="lots-chosen" open={Object.keys(chosen).length > 0}>
      <summary>{t('gains.choose.title')}</summary>
      {open.length === 0 ? <p className="foot-note">{t('gains.choose.none')}</p> : null}
      {method === 'average-cost' || open.length === 0 ? null : (
        <p className="foot-note">{t('gains.choose.why', { method: t(`gains.method.${method}`) })}</p>
      )}
      {open.length === 0 || values.kind === 'transfer' ? null : (
        <Expected lots={open} method={method} values={values} chosen={chosen} locale={format.numberLocale} />
      )}
      {open.map((lot) => (
        <div className="pair" key={`${lot.transactionId} ${lot.quantity}`}>
          <span className="lot-left">
            {t('gains.choose.lot', { date: format.day(lot.acquiredOn), units: format.units(lot.quantity) })}
            {lot.cost ? (
              <small className="muted">
                <Money of={lot.cost.amount} /> {lot.cost.currency}
              </small>
            ) : null}
          </span>
          <NumberInput
            label={t('gains.choose.take', { date: format.day(lot.acquiredOn) })}
            value={chosen[lot.transactionId] ?? ''}
            problem={problemOf(chosen[lot.transactionId], lot.quantity)}
            onChange={(text) => onChange(withChoice(chosen, lot.transactionId, text))}
          />
        </div>
      ))}
    </details>
  )
}

function Expected(sale: Parameters<typeof gainExpected>[0]) {
  const { t } = useTranslation()
  const expected = gainExpected(sale)
  if (expected === 'too-many') return <p className="dn">{t('gains.choose.tooMany')}</p>
  if (expected === null) return <p className="muted">{t('gains.choose.unknown')}</p>
  return (
    <dl className="kv2" aria-live="polite">
      <div>
        <dt>{t('gains.choose.cost')}</dt>
        <dd>
          <Money of={expected.cost} /> {sale.values.currency}
        </dd>
      </div>
      <div>
        <dt>{t('gains.choose.expected')}</dt>
        <dd>
          <Money of={expected.gain} signed coloured /> {sale.values.currency}
        </dd>
      </div>
    </dl>
  )
}

function withChoice(chosen: ChosenLots, transactionId: string, text: string): ChosenLots {
  const { [transactionId]: _, ...others } = chosen
  return text.trim() === '' ? others : { ...others, [transactionId]: text }
}
