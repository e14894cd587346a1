import type { Schema } from '@pe/sdk/client.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../components/common/Icon.tsx'
import type { GainsQuestion } from '../../services/gains-api.ts'
import { Amounts } from './Amounts.tsx'
import { GainRows } from './GainRows.tsx'

/** One line an instrument, opened to the lots that were closed. */
export function GainsTable({ gains, question }: { gains: Schema<'RealisedGains'>; question: GainsQuestion }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const toggle = (id: string) =>
    setOpen((before) => (before.has(id) ? new Set([...before].filter((other) => other !== id)) : new Set([...before, id])))
  const { totals } = gains
  return (
    <div className="wide gains">
      <table className="t" aria-label={t('gains.title')}>
        <thead>
          <tr>
            <th>{t('gains.columns.instrument')}</th>
            <th className="no-phone">{t('gains.columns.acquired')}</th>
            <th className="no-phone">{t('gains.columns.sold')}</th>
            <th className="n no-phone">{t('gains.columns.units')}</th>
            <th className="n no-phone">{t('gains.columns.days')}</th>
            <th className="no-phone">{t('gains.columns.term')}</th>
            <th className="n">{t('gains.columns.proceeds')}</th>
            <th className="n no-phone">{t('gains.columns.cost')}</th>
            <th className="n no-phone">{t('gains.columns.currencyGain')}</th>
            <th className="n">{t('gains.columns.gain')}</th>
          </tr>
        </thead>
        <tbody>
          {gains.byInstrument.map(({ instrumentId, instrument, symbol, totals: own }) => [
            <tr key={instrumentId}>
              <td>
                <button type="button" className="unfold" aria-expanded={open.has(instrumentId)} onClick={() => toggle(instrumentId)}>
                  <Icon name={open.has(instrumentId) ? 'down' : 'right'} small />
                  <b>{instrument}</b>
                  <small className="muted no-phone">{symbol}</small>
                </button>
              </td>
              <Blank />
              <Amounts of={own} />
            </tr>,
            open.has(instrumentId) ? <GainRows key={`${instrumentId} lots`} question={{ ...question, rowsOf: instrumentId }} /> : null,
          ])}
        </tbody>
        <tfoot>
          <tr>
            <td>{t('gains.total')}</td>
            <Blank />
            <Amounts of={totals} />
          </tr>
        </tfoot>
      </table>
    </div>
  )
}

/** The columns of a lot, in a line that is of several. */
function Blank() {
  return <td className="no-phone" colSpan={5} />
}
