import { type IntegrationRoutes, integrationRoutes } from '@pe/contracts/integration.ts'
import { BriefMemory } from '@pe/platform/cache/brief-memory.ts'
import type { Service } from '@pe/platform/service.ts'
import { changeImport } from './change-import.ts'
import { commitImport } from './commit-import.ts'
import { exportTransactions } from './export-transactions.ts'
import { mostRowsInMemory } from './importers/limits.ts'
import { getImport, listImportRows, listImports } from './imports.ts'
import type { IntegrationDeps, IntegrationOptions } from './integration-deps.ts'
import type { KeptFile } from './kept-file.ts'
import { previewImport } from './preview-import.ts'
import type { IntegrationTables } from './store/tables.ts'
import { sweepImports } from './sweep-imports.ts'
import { recoverInterrupted } from './take-back.ts'
import { undoImport } from './undo-import.ts'

const sweepMilliseconds = 86_400_000

/** Files into the book and out of it. It hears nothing; it announces imports committed and undone. */
export function createIntegration(options: IntegrationOptions): Service<IntegrationRoutes, IntegrationTables> {
  const mostRows = options.mostRowsInMemory ?? mostRowsInMemory
  const deps: IntegrationDeps = { ...options, mostRowsInMemory: mostRows, keptFiles: new BriefMemory<KeptFile>({ mostRows }) }
  let sweeper: NodeJS.Timeout | undefined
  const noteTrouble = (trouble: unknown) => deps.log.error({ action: 'import.sweep', status: 'failure' }, trouble)
  return {
    name: 'integration',
    routes: integrationRoutes,
    handlers: {
      previewImport: (input, call) => previewImport(deps, input, call),
      listImports: (input, call) => listImports(deps, input, call),
      getImport: (input, call) => getImport(deps, input, call),
      listImportRows: (input, call) => listImportRows(deps, input, call),
      changeImport: (input, call) => changeImport(deps, input, call),
      commitImport: (input, call) => commitImport(deps, input, call),
      undoImport: (input, call) => undoImport(deps, input, call),
      exportTransactions: (input, call) => exportTransactions(deps, input, call),
    },
    subscriptions: [],
    jobs: [],
    async start() {
      await recoverInterrupted(deps)
      await sweepImports(deps)
      clearInterval(sweeper)
      sweeper = setInterval(() => void sweepImports(deps).catch(noteTrouble), sweepMilliseconds).unref()
    },
    async stop() {
      clearInterval(sweeper)
    },
  }
}
