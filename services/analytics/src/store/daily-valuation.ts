import type { Gap } from '@pe/finance/kernel/gaps.ts'
import { mergedGaps } from '@pe/finance/kernel/gaps.ts'
import { type Currency, digitsOf } from '@pe/finance/money/currency.ts'
import { dateOfDay, dayNumber, type PlainDate } from '@pe/finance/time/plain-date.ts'
import type { Database, WriteTx } from '@pe/platform/db/database.ts'
import { sql } from 'kysely'
import type { ValueSeries } from '../valuations/value-series.ts'
import type { AnalyticsTables } from './tables.ts'

/** Writes the days of a series from one of its days on. Days that already stand so are not touched. */
export async function saveDays(
  tx: WriteTx<AnalyticsTables>,
  organisationId: string,
  scopeId: string,
  series: ValueSeries,
  fromDay: number,
): Promise<void> {
  const { days, values, inflows, outflows, reasons, missing, stale } = columnsOf(series, Math.max(fromDay, series.firstDay))
  await sql`
    insert into daily_valuation (organisation_id, scope_id, day, value, inflow, outflow, reason, missing, stale)
    select ${organisationId}::uuid, ${scopeId}::uuid, *
    from unnest(${days}::date[], ${values}::numeric[], ${inflows}::numeric[], ${outflows}::numeric[], ${reasons}::text[], ${missing}::text[], ${stale}::boolean[])
    on conflict (organisation_id, scope_id, day) do update
    set value = excluded.value, inflow = excluded.inflow, outflow = excluded.outflow,
        reason = excluded.reason, missing = excluded.missing, stale = excluded.stale
    where (daily_valuation.value, daily_valuation.inflow, daily_valuation.outflow, daily_valuation.reason, daily_valuation.missing, daily_valuation.stale)
      is distinct from (excluded.value, excluded.inflow, excluded.outflow, excluded.reason, excluded.missing, excluded.stale)
  `.execute(tx.sql)
}

/** Days outside a span are no more: the first transaction is a later one now. */
export async function removeDaysOutside(
  tx: WriteTx<AnalyticsTables>,
  organisationId: string,
  scopeId: string,
  span: { first: PlainDate; last: PlainDate } | null,
): Promise<void> {
  const days = tx.sql.deleteFrom('daily_valuation').where('organisation_id', '=', organisationId).where('scope_id', '=', scopeId)
  await (span ? days.where((eb) => eb.or([eb('day', '<', span.first), eb('day', '>', span.last)])) : days).execute()
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

/** One PostgreSQL array literal per column: one text each instead of thousands of parameters. */
function columnsOf(series: ValueSeries, fromDay: number) {
  const offset = fromDay - series.firstDay
  const count = series.lastDay - fromDay + 1
  const digits = digitsOf(series.currency)
  const literal = (cell: (index: number) => string): string => {
    const cells = new Array<string>(Math.max(0, count))
    for (let i = 0; i < count; i++) cells[i] = cell(offset + i)
    return `{${cells.join(',')}}`
  }
  const money = (column: Float64Array): string => literal((i) => amountText(column[i] as number, digits))
  const gapOn = new Map<number, Gap>()
  for (const gap of series.gaps)
    for (let day = Math.max(gap.from, fromDay); day <= Math.min(gap.to, series.lastDay); day++) if (!gapOn.has(day)) gapOn.set(day, gap)
  const gapAt = (i: number): Gap | undefined => (series.known[i] === 1 ? undefined : gapOn.get(series.firstDay + i))
  return {
    days: literal((i) => dateOfDay(series.firstDay + i)),
    values: money(series.value),
    inflows: money(series.inflow),
    outflows: money(series.outflow),
    reasons: literal((i) => gapAt(i)?.reason ?? 'NULL'),
    missing: literal((i) => {
      const gap = gapAt(i)
      return gap ? `"${gap.of}"` : 'NULL'
    }),
    stale: literal((i) => (series.stale[i] === 1 ? 't' : 'f')),
  }
}

/** Minor units as a decimal; ledgers may hold parts of a minor unit, ten places at most (numeric(28,10)). */
function amountText(minor: number, digits: number): string {
  if (Number.isNaN(minor)) return 'NULL'
  if (!Number.isInteger(minor)) return (minor / 10 ** digits).toFixed(10)
  if (digits === 0) return String(minor)
  const text = String(Math.abs(minor)).padStart(digits + 1, '0')
  return `${minor < 0 ? '-' : ''}${text.slice(0, -digits)}.${text.slice(-digits)}`
}
