import { instant } from '@pe/finance/time/instant.ts'
import type { FixedClock } from '@pe/platform/clock/clock.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bookXml } from '../src/importers/portfolio-performance/book.fixture.ts'
import { type ImportBench, importBench, refusalOf } from './import-bench.ts'

let bench: ImportBench
beforeAll(async () => {
  bench = await importBench()
})
afterAll(() => bench?.stop())

describe('imports of last month', () => {
  it('are cleared when they were abandoned or undone, and kept when they were committed', async () => {
    const { deps, service } = bench.integration
    const clock = deps.clock as FixedClock
    const book = bookXml({ version: 63, ids: false })
    const abandoned = await bench.preview(book, { portfolio: 'Never' })
    const undone = await bench.preview(book, { portfolio: 'Main' })
    await bench.commit(undone.id)
    await bench.undo(undone.id)
    const committed = await bench.preview(book, { portfolio: 'Main' })
    await bench.commit(committed.id)

    clock.moveTo(instant('2026-12-20T12:00:00Z'))
    await service.start?.()
    expect(await bench.rows(abandoned.id)).toHaveLength(13)
    expect(await bench.rows(undone.id)).toHaveLength(13)

    clock.moveTo(instant('2026-12-23T12:00:00Z'))
    const fresh = await bench.preview(book, { portfolio: 'Other' })
    await service.start?.()
    await service.start?.()
    const list = await bench.imports.listImports({ query: {} }, bench.call)
    expect(list.items.map(({ id, state }) => [id, state])).toEqual([
      [fresh.id, 'previewed'],
      [committed.id, 'committed'],
      [undone.id, 'undone'],
    ])
    expect(await refusalOf(bench.commit(abandoned.id))).toMatchObject({ code: 'not_found' })
    expect(await bench.rows(undone.id)).toEqual([])
    expect(await bench.rows(committed.id)).toHaveLength(13)
    for (const { id } of [abandoned, undone]) await expect(deps.files.get(`imports/${id}`)).rejects.toThrow('no file')
    for (const { id } of [committed, fresh]) await deps.files.get(`imports/${id}`)
  })
})
