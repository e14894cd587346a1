import { setTimeout as pause } from 'node:timers/promises'
import { withDatabase } from './with-database.ts'

/** Waits until every scope that the analytics service knows is valued, so that the background is quiet. */
export async function settled(dataFolder: string): Promise<void> {
  await withDatabase(dataFolder, async (query) => {
    for (;;) {
      const [row] = await query<{ known: number; dirty: number }>(
        'select count(*)::int as known, count(dirty_from)::int as dirty from analytics.valued_scope',
      )
      if (row && row.known > 0 && row.dirty === 0) return
      await pause(100)
    }
  })
}
