import type { Schema } from '@pe/sdk/client.ts'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../hooks/useFormat.ts'

/** The parts of fee and tax: what was charged, at which rate, and what it came to in the transaction's currency. */
export function ChargeList({ charges, currency }: { charges: readonly Schema<'Charge'>[]; currency: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const lines = charges.map((charge) => ({ charge, key: `${charge.kind} ${charge.amount} ${charge.currency} ${charge.note}` }))
  return (
    <section>
      <h3>{t('history.charges')}</h3>
      <dl className="changes">
        {lines.map(({ charge, key }) => (
          <div key={key}>
            <dt>{[t(`kind.${charge.kind}`), charge.note].filter(Boolean).join(' · ')}</dt>
            <dd>
              {`${format.money(charge.amount)} ${charge.currency}`}
              {charge.rate === null ? '' : ` × ${format.price(charge.rate)}`}
              {charge.currency === currency ? '' : ` = ${format.money(charge.booked)} ${currency}`}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
