import { defineConfig } from 'vitest/config'

/** Suites by what they need: nothing, a database, a document. `npm test` runs all of them (bin/test.mjs). */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['packages/*/src/**/*.test.ts', 'services/*/src/**/*.test.ts', 'tools/**/*.test.ts', 'apps/server/src/**/*.test.ts'],
        },
      },
      {
        test: {
          name: 'database',
          include: ['packages/platform/test/**/*.test.ts', 'services/*/test/**/*.test.ts', 'apps/server/test/**/*.test.ts'],
          globalSetup: ['packages/platform/src/testing/global-setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'scenario',
          include: ['scenarios/**/*.test.ts'],
          globalSetup: ['packages/platform/src/testing/global-setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      { test: { name: 'browser', include: ['e2e/**/*.test.ts'], testTimeout: 120_000, hookTimeout: 120_000, fileParallelism: false } },
      { test: { name: 'component', include: ['apps/web/src/**/*.test.{ts,tsx}'], environment: 'jsdom', testTimeout: 30_000 } },
    ],
  },
})
