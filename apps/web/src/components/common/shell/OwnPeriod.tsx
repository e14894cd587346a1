import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../hooks/useFormat.ts'
import type { Scope } from '../../../hooks/useScope.ts'
import { useView } from '../../../hooks/useView.ts'
import { Picker } from '../Picker.tsx'
import { KnownOnField } from './KnownOnField.tsx'

/** The days that the period means, and the way to choose others. */
export function OwnPeriod({ scope, words }: { scope: Scope; words?: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const dates = `${format.day(scope.from)} – ${format.day(scope.to)}`
  return (
    <Picker
      label={`${t('shell.period.own')}: ${dates}`}
      value={words ?? <small>{dates}</small>}
      className="pick hide dates"
      width={288}
      iconless
    >
      {(close) => <OwnPeriodForm scope={scope} close={close} />}
    </Picker>
  )
}

/** First and last day; the popover of the bar and the sheet of a phone show it. */
export function OwnPeriodForm({ scope, close }: { scope: Scope; close: () => void }) {
  const { t } = useTranslation()
  const { change } = useView()
  const [from, setFrom] = useState<string>(scope.from)
  const [to, setTo] = useState<string>(scope.to)
  const use = (event: FormEvent) => {
    event.preventDefault()
    change({ from, to, period: null })
    close()
  }
  return (
    <form className="stacked" onSubmit={use}>
      <label className="field">
        <span>{t('shell.period.from')}</span>
        <input className="input" type="date" required value={from} max={to} onChange={(event) => setFrom(event.target.value)} />
      </label>
      <label className="field">
        <span>{t('shell.period.to')}</span>
        <input
          className="input"
          type="date"
          required
          value={to}
          min={from}
          max={scope.today}
          onChange={(event) => setTo(event.target.value)}
        />
      </label>
      <p className="muted small">{t('shell.period.hint')}</p>
      <button type="submit" className="btn pri" disabled={from >= to}>
        {t('shell.period.use')}
      </button>
      <KnownOnField scope={scope} />
    </form>
  )
}
