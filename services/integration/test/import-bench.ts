import { readFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import type { Call } from '@pe/contracts/actor.ts'
import type { CoreRoutes } from '@pe/contracts/core.ts'
import type { Import, ImportRow, IntegrationRoutes, Mapping } from '@pe/contracts/integration.ts'
import type { MarketRoutes } from '@pe/contracts/market.ts'
import type { Client } from '@pe/contracts/route.ts'
import { createCore } from '@pe/core/service.ts'
import { createMarket } from '@pe/market/service.ts'
import { inProcessClient } from '@pe/platform/http/in-process-client.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { TestService } from '@pe/platform/testing/test-service.ts'
import { testServices } from '@pe/platform/testing/test-services.ts'
import { createIntegration } from '../src/service.ts'
import type { IntegrationTables } from '../src/store/tables.ts'

export interface ImportBench {
  readonly core: Client<CoreRoutes>
  readonly market: Client<MarketRoutes>
  readonly imports: Client<IntegrationRoutes>
  readonly integration: TestService<IntegrationRoutes, IntegrationTables>
  readonly call: Call
  preview(
    content: string | Buffer,
    about?: { fileName?: string; portfolio?: string; baseCurrency?: string; mapping?: Mapping | string },
  ): Promise<Import>
  commit(importId: string, options?: { skipErrors?: boolean }): Promise<Import>
  undo(importId: string): Promise<Import>
  rows(importId: string): Promise<ImportRow[]>
  export(portfolioId: string, format?: 'csv' | 'json' | 'ghostfolio' | 'beancount'): Promise<string>
  stop(): Promise<void>
}

/** Integration over the real core and the real market, each in its schema and as its role. */
export async function importBench(
  around: { core?: (core: Client<CoreRoutes>) => Client<CoreRoutes>; mostRowsInMemory?: number } = {},
): Promise<ImportBench> {
  const services = await testServices(['market', 'core', 'integration'])
  const market = await services.mount({
    name: 'market',
    migrations: new URL('../../market/migrations/', import.meta.url),
    create: createMarket,
  })
  const marketClient = inProcessClient(market.service.routes, market.service.handlers)
  const core = await services.mount({
    name: 'core',
    migrations: new URL('../../core/migrations/', import.meta.url),
    create: (deps) => createCore({ ...deps, market: marketClient }),
  })
  const coreClient = inProcessClient(core.service.routes, core.service.handlers)
  const integration = await services.mount<IntegrationRoutes, IntegrationTables>({
    name: 'integration',
    migrations: new URL('../migrations/', import.meta.url),
    create: (deps) => {
      const { mostRowsInMemory } = around
      const given = { ...deps, market: marketClient, core: around.core?.(coreClient) ?? coreClient }
      return createIntegration(mostRowsInMemory === undefined ? given : { ...given, mostRowsInMemory })
    },
  })
  const imports = inProcessClient(integration.service.routes, integration.service.handlers)
  const { call } = integration
  return {
    core: coreClient,
    market: marketClient,
    imports,
    integration,
    call,
    preview: (content, { fileName = 'a-file', mapping, ...query } = {}) =>
      imports.previewImport(
        {
          query: { fileName, ...query, ...(mapping ? { mapping: typeof mapping === 'string' ? mapping : JSON.stringify(mapping) } : {}) },
          body: Readable.from([Buffer.from(content)]),
        },
        call,
      ),
    commit: (importId, options = {}) => imports.commitImport({ params: { importId }, body: options }, call),
    undo: (importId) => imports.undoImport({ params: { importId }, body: {} }, call),
    async rows(importId) {
      const rows: ImportRow[] = []
      for (let cursor: string | null | undefined; cursor !== null; ) {
        const page = await imports.listImportRows({ params: { importId }, query: { limit: 1000, ...(cursor ? { cursor } : {}) } }, call)
        rows.push(...page.items)
        cursor = page.next
      }
      return rows
    },
    export: async (portfolioId, format = 'csv') =>
      text((await imports.exportTransactions({ params: { portfolioId }, query: { format } }, call)).stream),
    stop: () => services.stop(),
  }
}

/** The refusal that a promise ends in. */
export async function refusalOf(promise: Promise<unknown>): Promise<Refused> {
  try {
    await promise
  } catch (trouble) {
    if (trouble instanceof Refused) return trouble
    throw trouble
  }
  throw new Error('nothing was refused')
}

export const sampleFolder = new URL('../../../../shared/samples/', import.meta.url)

export function sample(path: string): Buffer {
  return readFileSync(new URL(path, sampleFolder))
}
