import type { Gap } from '@pe/finance/kernel/gaps.ts'
import { mergedGaps } from '@pe/finance/kernel/gaps.ts'
import { type Currency, digitsOf } from '@pe/finance/money/currency.ts'
import { dateOfDay, dayNumber, type PlainDate } from '@pe/finance/time/plain-date.ts'
import type { Database, WriteTx } from '@pe/platform/db/database.ts'
import { sql } from 'kysely'
import type { ValueSeries } from '../valuations/value-series.ts'
import type { AnalyticsTables } from './tables.ts'

/** Writes the days of a series from the year of one of its days on: a row per year. */
export async function saveDays(
  tx: WriteTx<AnalyticsTables>,
  organisationId: string,
  scopeId: string,
  series: ValueSeries,
  fromDay: number,
): Promise<void> {
  const years = yearsOf(series, fromDay)
  const column = (name: keyof StoredYear) => years.map((year) => year[name])
  await sql`
    insert into valued_year (organisation_id, scope_id, year, first_day, value, inflow, outflow, reason, missing, stale)
    select ${organisationId}::uuid, ${scopeId}::uuid, year, first_day,
      value::numeric(60, 10)[], inflow::numeric(60, 10)[], outflow::numeric(60, 10)[], reason::text[], missing::text[], stale::boolean[]
    from unnest(${column('year')}::int[], ${column('firstDay')}::date[], ${column('value')}::text[], ${column('inflow')}::text[],
      ${column('outflow')}::text[], ${column('reason')}::text[], ${column('missing')}::text[], ${column('stale')}::text[])
      as stored (year, first_day, value, inflow, outflow, reason, missing, stale)
    on conflict (organisation_id, scope_id, year) do update
    set first_day = excluded.first_day, value = excluded.value, inflow = excluded.inflow, outflow = excluded.outflow,
        reason = excluded.reason, missing = excluded.missing, stale = excluded.stale
  `.execute(tx.sql)
}

/** Years outside a span are no more: the first transaction is a later one now. */
export async function removeYearsOutside(
  tx: WriteTx<AnalyticsTables>,
  organisationId: string,
  scopeId: string,
  span: { first: PlainDate; last: PlainDate } | null,
): Promise<void> {
  const years = tx.sql.deleteFrom('valued_year').where('organisation_id', '=', organisationId).where('scope_id', '=', scopeId)
  const outside = span && years.where((eb) => eb.or([eb('year', '<', yearOf(span.first)), eb('year', '>', yearOf(span.last))]))
  await (outside ?? years).execute()
}

/** Every stored day of a scope; null when there is none. */
export async function readDays(
  db: Database<AnalyticsTables>,
  organisationId: string,
  scopeId: string,
  currency: Currency,
): Promise<ValueSeries | null> {
  const { rows } = await sql<Record<'days' | 'values' | 'inflows' | 'outflows', (string | null)[]> & Details>`
    select array_agg(day order by day) as days, array_agg(value order by day) as values,
      array_agg(inflow order by day) as inflows, array_agg(outflow order by day) as outflows,
      array_agg(stale order by day) as stale,
      coalesce(json_agg(json_build_array(day, reason, missing) order by day) filter (where reason is not null), '[]') as unknown
    from daily_valuation where organisation_id = ${organisationId} and scope_id = ${scopeId}
  `.execute(db.sql)
  const row = rows[0]
  if (!row?.days) return null
  const unit = 10 ** digitsOf(currency)
  const firstDay = dayNumber(row.days[0] as PlainDate)
  const lastDay = dayNumber(row.days.at(-1) as PlainDate)
  if (lastDay - firstDay + 1 !== row.days.length) return null
  const minor = (column: readonly (string | null)[]): Float64Array =>
    Float64Array.from(column, (text) => (text === null ? Number.NaN : minorUnits(text, unit)))
  const [value, inflow, outflow] = [minor(row.values), minor(row.inflows), minor(row.outflows)]
  return {
    currency,
    firstDay,
    lastDay,
    value,
    inflow,
    outflow,
    known: value.reduce((known, amount, i) => {
      known[i] = Number.isNaN(amount + (inflow[i] as number) + (outflow[i] as number)) ? 0 : 1
      return known
    }, new Uint8Array(value.length)),
    stale: Uint8Array.from(row.stale, Number),
    gaps: mergedGaps(
      row.unknown.map(([date, reason, of]): Gap => ({ reason, of, from: dayNumber(date as PlainDate), to: dayNumber(date as PlainDate) })),
    ),
  }
}

interface Details {
  readonly stale: readonly boolean[]
  readonly unknown: readonly [day: string, reason: Gap['reason'], missing: string][]
}

/** Whole minor units come back whole: 4131.99 × 100 is 413198.99999999994 in doubles. */
function minorUnits(text: string, unit: number): number {
  const amount = Number(text) * unit
  const whole = Math.round(amount)
  return Math.abs(amount - whole) < 1e-6 * Math.max(1, Math.abs(whole) * 1e-9) ? whole : amount
}

/** A row of the table: its arrays as PostgreSQL's literals. */
interface StoredYear {
  readonly year: number
  readonly firstDay: PlainDate
  readonly value: string
  readonly inflow: string
  readonly outflow: string
  readonly reason: string
  readonly missing: string
  readonly stale: string
}

function yearOf(date: PlainDate): number {
  return Number(date.slice(0, 4))
}

/** The series cut by calendar years, from the year of a day on. */
function yearsOf(series: ValueSeries, fromDay: number): StoredYear[] {
  const years: StoredYear[] = []
  const from = dayNumber(`${dateOfDay(fromDay).slice(0, 4)}-01-01` as PlainDate)
  for (let day = Math.max(from, series.firstDay); day <= series.lastDay; ) {
    const date = dateOfDay(day)
    const newYear = dayNumber(`${String(yearOf(date) + 1).padStart(4, '0')}-01-01` as PlainDate)
    years.push(storedYear(series, date, day, Math.min(newYear - 1, series.lastDay)))
    day = newYear
  }
  return years
}

function storedYear(series: ValueSeries, firstDate: PlainDate, first: number, last: number): StoredYear {
  const digits = digitsOf(series.currency)
  const literal = (cell: (index: number) => string): string => {
    const cells: string[] = []
    for (let day = first; day <= last; day++) cells.push(cell(day - series.firstDay))
    return `{${cells.join(',')}}`
  }
  const money = (column: Float64Array): string => literal((i) => amountText(column[i] as number, digits))
  const gaps = series.gaps.filter(({ from, to }) => from <= last && to >= first)
  const gapAt = (i: number): Gap | undefined => {
    const day = series.firstDay + i
    return series.known[i] === 1 ? undefined : gaps.find(({ from, to }) => from <= day && day <= to)
  }
  const whereUnknown = (cell: (gap: Gap) => string): string =>
    gaps.length === 0
      ? '{}'
      : literal((i) => {
          const gap = gapAt(i)
          return gap ? cell(gap) : 'NULL'
        })
  return {
    year: yearOf(firstDate),
    firstDay: firstDate,
    value: money(series.value),
    inflow: money(series.inflow),
    outflow: money(series.outflow),
    reason: whereUnknown(({ reason }) => reason),
    missing: whereUnknown(({ of }) => `"${of}"`),
    stale: literal((i) => (series.stale[i] === 1 ? 't' : 'f')),
  }
}

/** Minor units as a decimal; ledgers may hold parts of a minor unit, ten places at most. */
function amountText(minor: number, digits: number): string {
  if (Number.isNaN(minor)) return 'NULL'
  if (!Number.isInteger(minor)) return (minor / 10 ** digits).toFixed(10)
  // Not String(minor): from 10^21 on that is an exponent.
  if (digits === 0) return String(BigInt(minor))
  const text = String(BigInt(Math.abs(minor))).padStart(digits + 1, '0')
  return `${minor < 0 ? '-' : ''}${text.slice(0, -digits)}.${text.slice(-digits)}`
}
