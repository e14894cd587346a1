import type { Schema } from '@pe/sdk/client.ts'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Money } from '../../../components/common/Money.tsx'
import { Units } from '../../../components/common/Units.tsx'
import { useFormat } from '../../../hooks/useFormat.ts'
import { useView } from '../../../hooks/useView.ts'
import { ChargeList } from '../ChargeList.tsx'
import { impliedPrice } from '../JournalCells.tsx'
import type { NamesOf } from '../useChangeWords.ts'

/** All that was stated, and what it came to in cash; what nobody stated is not listed. */
export function Stated({ of, accountOf, instrumentOf }: { of: Schema<'Transaction'> } & NamesOf) {
  const { t } = useTranslation()
  const format = useFormat()
  const { search } = useView()
  const money = (amount: string, currency: string, signed = false) => (
    <>
      <Money of={amount} signed={signed} /> {currency}
    </>
  )
  const account = (id: string) => (
    <Link className="link" to={`/accounts/${id}${search}`}>
      {accountOf(id)}
    </Link>
  )
  const charged = (amount: string) => !/^0(\.0*)?$/.test(amount)
  const lines: (readonly [string, ReactNode])[] = [
    ['date', `${format.dayLong(of.date)}${of.time ? `, ${of.time}` : ''}`],
    ['accountId', account(of.accountId)],
    ...line('toAccountId', of.toAccountId, account),
    ...line('cashAccountId', of.cashAccountId, account),
    ...line('instrumentId', of.instrumentId, (id) => (
      <Link className="link" to={`/transactions${narrowed(search, id)}`}>
        {instrumentOf(id)?.name ?? id}
      </Link>
    )),
    ...line('quantity', of.quantity, (units) => <Units of={units} />),
    ...line('price', of.price ?? impliedPrice(of), (price) => (
      <span className="num">
        {format.price(price)} {of.currency}
      </span>
    )),
    ['amount', money(of.amount, of.currency)],
    ...line('fee', charged(of.fee) ? of.fee : null, (fee) => money(fee, of.currency)),
    ...line('tax', charged(of.tax) ? of.tax : null, (tax) => money(tax, of.currency)),
    ...line('rate', of.rate, ({ from, to, value }) => (
      <span className="num">{t('transactions.one.rateOf', { from, to, value: format.price(value) })}</span>
    )),
    ...line('received', of.received, ({ amount, currency }) => money(amount, currency)),
    ...line('cashEffect', of.cashEffect, ({ amount, currency }) => <b>{money(amount, currency, true)}</b>),
    ...line('note', of.note || null, (note) => note),
    ...line('importId', of.importId, (id) => (
      <Link className="link" to={`/import?import=${id}`}>
        {t('transactions.one.theFile')}
      </Link>
    )),
    ['recordedAt', format.day(of.recordedAt.slice(0, 10))],
    ['id', <code key="id">{of.id}</code>],
  ]
  const words = (field: string) =>
    t(`transactions.one.field.${field}`, {
      defaultValue: t(`transactions.field.${field}`, { defaultValue: t(`history.field.${field}`) }),
    })
  return (
    <section className="sec stated-one">
      <div className="sec-head">
        <h2>{t('transactions.one.stated')}</h2>
      </div>
      <dl className="stated-facts">
        {lines.map(([field, shown]) => (
          <div key={field} className={`of-${field}`}>
            <dt>{words(field)}</dt>
            <dd>{shown}</dd>
          </div>
        ))}
      </dl>
      {of.charges && of.charges.length > 0 ? <ChargeList charges={of.charges} currency={of.currency} /> : null}
    </section>
  )
}

/** A line where something was stated. */
function line<T>(field: string, value: T | null, shown: (value: T) => ReactNode): (readonly [string, ReactNode])[] {
  return value === null ? [] : [[field, shown(value)]]
}

function narrowed(search: string, instrumentId: string): string {
  const parts = new URLSearchParams(search)
  parts.set('instrument', instrumentId)
  return `?${parts}`
}
