import { useMemo } from 'react'
import { useFormat } from '../../hooks/useFormat.ts'

/** Moments as this person reads them, in the zone of this browser: '20 Nov 2026, 14:05'. */
export function useMoment(): { moment: (at: string) => string; day: (at: string) => string } {
  const { locale } = useFormat()
  return useMemo(() => {
    const date = { day: 'numeric', month: 'short', year: 'numeric' } as const
    const moment = new Intl.DateTimeFormat(locale, { ...date, hour: '2-digit', minute: '2-digit' })
    const day = new Intl.DateTimeFormat(locale, date)
    const written = (format: Intl.DateTimeFormat) => (at: string) => format.format(new Date(at)).replace('Sept', 'Sep')
    return { moment: written(moment), day: written(day) }
  }, [locale])
}
