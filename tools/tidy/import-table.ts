/**
 * Who may import whom (docs/architecture.md "Who may import whom"), as data. A unit that is not named may import nothing of ours.
 * A path narrows it: 'packages/finance/src/time/' allows that folder only.
 */
export const mayImport: Readonly<Record<string, readonly string[]>> = {
  'packages/finance': [],
  'packages/contracts': ['packages/finance'],
  'packages/platform': [
    'packages/finance/src/time/',
    'packages/finance/src/outcome.ts',
    'packages/finance/src/refusal-codes.ts',
    'packages/contracts',
  ],
  'packages/sdk': [],
  'packages/i18n': [],
  'services/*': ['packages/finance', 'packages/contracts', 'packages/platform'],
  'apps/server': ['services/*', 'packages/contracts', 'packages/platform', 'packages/sdk', 'packages/finance'],
  'apps/web': ['packages/sdk', 'packages/finance', 'packages/i18n'],
  e2e: ['packages/sdk'],
  tools: ['*'],
}

/** Tests may stand a service on the real services below it (testServices of platform), each as its own role: a doubled book would prove nothing. */
export const testsMayImport: Readonly<Record<string, readonly string[]>> = {
  'services/core': ['services/market/src/service.ts'],
  'services/integration': ['services/core/src/service.ts', 'services/market/src/service.ts'],
}

/** Libraries that only one place may know. */
export const libraryHomes: Readonly<Record<string, readonly string[]>> = {
  'decimal.js': ['packages/finance/src/money/'],
  fastify: ['packages/platform/src/http/', 'services/gateway/'],
  pg: ['packages/platform/src/'],
  'graphile-worker': ['packages/platform/src/jobs/'],
  pino: ['packages/platform/src/log/'],
  'prom-client': ['packages/platform/src/metrics/'],
  nodemailer: ['packages/platform/src/mail/'],
}

/** Finance is pure: what it may import from outside, all of it. */
export const pureUnits: readonly string[] = ['packages/finance', 'packages/i18n']
