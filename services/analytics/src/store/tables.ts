/** Rows as node-postgres reads them: days and decimals as text, bigints as numbers. */
export interface AnalyticsTables {
  valued_scope: {
    organisation_id: string
    scope_id: string
    kind: ScopeKind
    currency: string | null
    account_ids: string[]
    instrument_ids: string[]
    needs_rates: boolean
    book_versions: unknown
    first_day: string | null
    last_day: string | null
    marks: number
    dirty_from: string | null
  }
  valued_year: {
    organisation_id: string
    scope_id: string
    year: number
    first_day: string
    value: (string | null)[]
    inflow: (string | null)[]
    outflow: (string | null)[]
    reason: (string | null)[]
    missing: (string | null)[]
    stale: boolean[]
  }
  /** A view: the days of the years, one by one. */
  daily_valuation: {
    organisation_id: string
    scope_id: string
    day: string
    value: string | null
    inflow: string | null
    outflow: string | null
    reason: string | null
    missing: string | null
    stale: boolean
  }
  series_version: { organisation_id: string; series: string; version: number }
}

export type ScopeKind = 'account' | 'portfolio'
