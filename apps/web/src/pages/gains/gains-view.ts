import { costMethods, lotScopes } from '@pe/finance/lots/cost-method.ts'
import type { PlainDate } from '@pe/finance/time/plain-date.ts'
import { taxYearOf } from '@pe/finance/time/tax-year.ts'
import { useSearchParams } from 'react-router'
import type { Scope } from '../../hooks/useScope.ts'
import type { GainsQuestion } from '../../services/gains-api.ts'
import { useStoreState } from '../../store/store.ts'

const ownKeys = ['year', 'month', 'basis', 'method', 'shared'] as const
export type GainsChange = Partial<Record<(typeof ownKeys)[number], string | null>>

/** What the address says about realised gains: the last year, since purchase, as the portfolio keeps its lots, unless it says otherwise. */
export function useGainsView(scope: Scope): { question: GainsQuestion; years: readonly number[]; change: (patch: GainsChange) => void } {
  const [search, setSearch] = useSearchParams()
  const { portfolio, question: asked, today } = scope
  const usual = useStoreState((state) => state.preferences.firstMonth)
  const firstMonth = monthOf(search.get('month'), usual)
  const years = yearsOf((portfolio.firstDay ?? today) as PlainDate, today, firstMonth)
  const year = search.get('year') === 'all' ? undefined : (years.find((known) => String(known) === search.get('year')) ?? years[0])
  const { portfolioId, accountId, instrumentId, currency } = asked
  const question: GainsQuestion = {
    ...{ portfolioId, currency },
    ...(accountId ? { accountId } : {}),
    ...(instrumentId ? { instrumentId } : {}),
    basis: search.get('basis') === 'period' ? 'period' : 'purchase',
    costMethod: costMethods.find((known) => known === search.get('method')) ?? portfolio.costMethod,
    lotScope: lotScopes.find((known) => known === search.get('shared')) ?? portfolio.lotScope,
    ...(year === undefined ? {} : { year, firstMonth }),
  }
  const change = (patch: GainsChange) =>
    setSearch((before) => {
      const after = new URLSearchParams(before)
      for (const [key, value] of Object.entries(patch))
        if (value === null || value === undefined) after.delete(key)
        else after.set(key, value)
      return after
    })
  return { question, years, change }
}

/** From the year of today back to that of the first transaction. */
export function yearsOf(firstDay: PlainDate, today: PlainDate, firstMonth: number): number[] {
  const [first, last] = [taxYearOf(firstDay, firstMonth).year, taxYearOf(today, firstMonth).year]
  return Array.from({ length: Math.max(1, last - first + 1) }, (_, at) => last - at)
}

/** 2025, or 2025/26 where the year begins later than in January. */
export function yearWords(year: number, firstMonth: number): string {
  return firstMonth === 1 ? String(year) : `${year}/${String((year + 1) % 100).padStart(2, '0')}`
}

/** Of the address, else as this person's tax years begin. */
function monthOf(text: string | null, usual: number): number {
  const month = Number(text)
  return Number.isInteger(month) && month >= 1 && month <= 12 ? month : usual
}
