import type { Routes } from '@pe/contracts/route.ts'
import { LocalBus, type OnTheBus, onTheBus } from '../bus/local-bus.ts'
import { testDatabase } from './test-database.ts'
import { testLog, testMetrics } from './test-ports.ts'
import { mountTestService, type TestService, type TestServiceOptions } from './test-service.ts'

export interface TestServices {
  /** Mounts a service; one mounted earlier can be handed to `create` as a client: `market: { … }`. */
  mount<T extends Routes, Tables>(options: TestServiceOptions<T, Tables>): Promise<TestService<T, Tables>>
  /** Carries facts over the real bus and runs jobs, until there is nothing left to do. */
  settle(): Promise<void>
  stop(): Promise<void>
}

/** Several services on one database, each in its schema and as its role, with the real bus between them. */
export async function testServices(names: readonly string[]): Promise<TestServices> {
  const database = await testDatabase(names)
  const benches: { announced(): Promise<unknown[]>; runJobs(): Promise<void>; stop(): Promise<void> }[] = []
  const mounted: OnTheBus[] = []
  const settleOnce = async () => {
    const bus = new LocalBus(mounted, { log: testLog(), metrics: testMetrics() })
    await bus.settle()
    for (const bench of benches) await bench.runJobs()
    const facts = await Promise.all(benches.map((bench) => bench.announced()))
    return facts.reduce((sum, list) => sum + list.length, 0)
  }
  return {
    async mount(options) {
      const bench = await mountTestService(database, options)
      benches.push(bench)
      mounted.push(onTheBus({ database: bench.deps.db, subscriptions: bench.service.subscriptions, commands: bench.service.commands }))
      return bench
    },
    async settle() {
      for (let before = -1, now = await settleOnce(); now !== before; ) {
        before = now
        now = await settleOnce()
      }
    },
    async stop() {
      for (const bench of benches.toReversed()) await bench.stop()
      await database.drop()
    },
  }
}
