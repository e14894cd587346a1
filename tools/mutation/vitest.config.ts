import { defineConfig } from 'vitest/config'

/** What tests the ledger, and nothing else: every mutant is held against these. */
export default defineConfig({
  test: {
    include: ['packages/finance/src/{ledger,lots,actions,gains}/**/*.test.ts', 'packages/finance/test/few-books.ts'],
    testTimeout: 30_000,
  },
})
