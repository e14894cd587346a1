import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useView } from '../../../hooks/useView.ts'
import { periods } from '../../../hooks/view.ts'

/** 1D … MAX; the one in view is pressed. A chip forgets an own period. */
export function PeriodChips() {
  const { t } = useTranslation()
  const { view, change } = useView()
  const row = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the chip in view moves with the period
  useEffect(() => {
    const pressed = row.current?.querySelector<HTMLElement>('[aria-pressed="true"]')
    const scroller = row.current?.parentElement
    if (pressed && scroller && scroller.scrollWidth > scroller.clientWidth)
      scroller.scrollLeft = pressed.offsetLeft - scroller.clientWidth / 2
  }, [view.period])
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring its own look
    <div className="chips" role="group" aria-label={t('shell.period.label')} ref={row}>
      {periods.map((period) => (
        <button
          key={period}
          type="button"
          aria-pressed={view.period === period && view.to === null}
          onClick={() => change({ period: period === 'YTD' ? null : period, from: null, to: null })}
        >
          {period}
        </button>
      ))}
    </div>
  )
}
