import { setTimeout as pause } from 'node:timers/promises'
import { Api } from '../http.ts'
import type { LoadedFolder } from '../loaded-server.ts'
import { type Measured, measured, quantile } from '../measured.ts'
import { ServerProcess } from '../server-process.ts'
import { settled } from '../settled.ts'
import { withDatabase } from '../with-database.ts'
import type { Workload } from '../workload.ts'

const [warmUps, repeats] = [3, 40]
const patienceMilliseconds = 30_000

/** A purchase on the first day of ten years, from its POST until `valuation-changed` of account and portfolio is committed. */
export async function postToValuationChanged({ dataFolder, portfolioId }: LoadedFolder, workload: Workload): Promise<Measured> {
  const server = await ServerProcess.start(dataFolder)
  try {
    const api = new Api(server)
    const { items } = await api.get<{ items: { id: string }[] }>(`/accounts?portfolioId=${portfolioId}`)
    const instruments = await api.get<{ items: { id: string }[] }>(`/instruments?limit=${workload.symbols.length}`)
    const account = items[0]?.id
    const date = workload.activities[0]?.date
    if (!account || !date) throw new Error('the workload has an account and a first day')
    await api.get(`/portfolios/${portfolioId}/performance`)
    await settled(dataFolder)
    const samples: number[] = []
    await withDatabase(dataFolder, async (query) => {
      const last = async () =>
        (await query<{ seq: string | null }>("select max(seq)::text as seq from analytics.outbox where name = 'valuation-changed'"))[0]
          ?.seq ?? '0'
      for (let run = 0; run < warmUps + repeats; run++) {
        const before = await last()
        const instrumentId = instruments.items[run % instruments.items.length]?.id
        const start = performance.now()
        await api.post(`/accounts/${account}/transactions`, { kind: 'delivery-in', date, instrumentId, quantity: '1', price: '100' })
        for (;;) {
          const rows = await query<{ seq: string }>(
            "select seq from analytics.outbox where name = 'valuation-changed' and seq > $1::bigint",
            [before],
          )
          if (rows.length >= 2) break
          if (performance.now() - start > patienceMilliseconds) throw new Error('no valuation-changed within half a minute')
          await pause(2)
        }
        if (run >= warmUps) samples.push(performance.now() - start)
      }
    })
    return measured('POST to valuation-changed, p95', samples, quantile(samples, 0.95))
  } finally {
    await server.stop()
  }
}
