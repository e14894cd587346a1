import type { Database, WriteTx } from '@pe/platform/db/database.ts'
import { sql } from 'kysely'
import type { SeriesVersions } from '../books/book-reader.ts'
import type { AnalyticsTables } from './tables.ts'

export function storedSeriesVersions(db: Database<AnalyticsTables>): SeriesVersions {
  return {
    async read(organisationId, series) {
      if (series.length === 0) return new Map()
      const rows = await db.sql
        .selectFrom('series_version')
        .select(['series', 'version'])
        .where('organisation_id', '=', organisationId)
        .where((eb) => sql<boolean>`${eb.ref('series')} = any(${[...series]}::text[])`)
        .execute()
      return new Map(rows.map((row) => [row.series, row.version]))
    },
  }
}

/** A close of an instrument, or a rate, is another now. */
export async function countChange(tx: WriteTx<AnalyticsTables>, organisationId: string, series: string): Promise<void> {
  await tx.sql
    .insertInto('series_version')
    .values({ organisation_id: organisationId, series, version: 1 })
    .onConflict((conflict) =>
      conflict.columns(['organisation_id', 'series']).doUpdateSet({ version: sql<number>`series_version.version + 1` }),
    )
    .execute()
}
