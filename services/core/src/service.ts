import { type CoreRoutes, coreRoutes } from '@pe/contracts/core.ts'
import { BriefMemory } from '@pe/platform/cache/brief-memory.ts'
import type { Service } from '@pe/platform/service.ts'
import { beginOlderChains } from './chain/begin-older-chains.ts'
import { takeRecordTransactions } from './commands/record-transactions.ts'
import type { CoreDeps, CoreGiven } from './core-deps.ts'
import { KnownInstruments } from './known-instruments.ts'
import { catchUpPlans, draftPlans, draftPlansJob } from './plans/draft-plans.ts'
import { recordTogether } from './record-together.ts'
import { RememberedBooks } from './remembered-books.ts'
import { RememberedPositions } from './remembered-positions.ts'
import { coreHandlers } from './routes.ts'
import type { CoreTables } from './store/tables.ts'

/** Of dry runs that are remembered, all together: those of the longest file that is handed over in one piece, of which a row may become two. */
const mostJudgedRows = 200_000

/** The book of record: accounts, portfolios, transactions, positions. It hears no facts; it takes commands, and announces what happened. */
export function createCore(given: CoreGiven): Service<CoreRoutes, CoreTables> {
  const core: CoreDeps = {
    ...given,
    memory: new RememberedPositions(),
    judged: new BriefMemory({ mostRows: mostJudgedRows }),
    instruments: new KnownInstruments(),
    books: new RememberedBooks(),
  }
  return {
    name: 'core',
    routes: coreRoutes,
    handlers: coreHandlers(core),
    together: { recordTransaction: (requests) => recordTogether(core, requests) },
    subscriptions: [],
    commands: [takeRecordTransactions(core)],
    jobs: [{ name: draftPlansJob, run: (_, call) => draftPlans(core, call) }],
    async start() {
      await beginOlderChains(core)
      await catchUpPlans(core)
    },
  }
}
