import { expect, test } from 'vitest'
import type { Rule, SourceFile } from '../source-files.ts'
import { catalogueKeys } from './catalogue-keys.ts'
import { catalogues } from './catalogues.ts'
import { crossSchemaSql } from './cross-schema-sql.ts'
import { declaredLibraries } from './declared-libraries.ts'
import { environment } from './environment.ts'
import { fileNames } from './file-names.ts'
import { importCycles } from './import-cycles.ts'
import { importTable } from './import-table.ts'
import { purity } from './purity.ts'
import { screenWords } from './screen-words.ts'

const workspaces: SourceFile[] = [
  'packages/finance',
  'packages/platform',
  'services/core',
  'services/market',
  'apps/web',
  'apps/server',
].map((path) => ({
  path: `${path}/package.json`,
  text: `{ "name": "@pe/${path.split('/')[1]}" }`,
}))

/** One file breaks each rule, its neighbour keeps it: a rule that finds nothing would fail here. */
const examples: { rule: Rule; breaks: SourceFile[]; keeps: SourceFile[] }[] = [
  {
    rule: importTable,
    breaks: [
      { path: 'services/core/src/book.ts', text: "import { q } from '@pe/market/quotes.ts'\n" },
      { path: 'packages/finance/src/sum.ts', text: "import { readFileSync } from 'node:fs'\n" },
      { path: 'packages/finance/src/lots/add.ts', text: "import { Decimal } from 'decimal.js'\n" },
      { path: 'apps/web/src/a.ts', text: "const { open } = await import('@pe/platform/db/database.ts')\n" },
      { path: 'services/core/src/far.ts', text: "import { x } from '../../market/src/x.ts'\n" },
    ],
    keeps: [
      { path: 'services/core/src/book.ts', text: "import { Money } from '@pe/finance/money/money.ts'\n" },
      { path: 'apps/server/src/compose.ts', text: "import { createCore } from '@pe/core/service.ts'\n" },
      { path: 'packages/finance/src/money/decimal.ts', text: "import { Decimal } from 'decimal.js'\n" },
      { path: 'packages/platform/src/clock/clock.ts', text: "import { dateIn } from '@pe/finance/time/instant.ts'\n" },
    ],
  },
  {
    rule: importCycles,
    breaks: [
      { path: 'packages/finance/src/a.ts', text: "import './b.ts'\n" },
      { path: 'packages/finance/src/b.ts', text: "import type { A } from './a.ts'\n" },
    ],
    keeps: [
      { path: 'packages/finance/src/a.ts', text: "import './b.ts'\n" },
      { path: 'packages/finance/src/b.ts', text: 'export const b = 1\n' },
    ],
  },
  {
    rule: crossSchemaSql,
    breaks: [
      { path: 'services/core/src/store/a.ts', text: 'const q = sql`select 1 from market.close`\n' },
      { path: 'services/core/migrations/0001_a.sql', text: 'create view v as select * from market.close;\n' },
    ],
    keeps: [
      { path: 'services/core/src/store/a.ts', text: "import { marketRoutes } from './market.ts'\nawait deps.market.getInstrument({})\n" },
      { path: 'services/core/migrations/0001_a.sql', text: '-- market.close is not ours\ncreate table account ();\n' },
    ],
  },
  {
    rule: environment,
    breaks: [{ path: 'services/core/src/a.ts', text: 'const port = process.env.PE_PORT\n' }],
    keeps: [{ path: 'apps/server/src/config.ts', text: 'parse(process.env)\n' }],
  },
  {
    rule: purity,
    breaks: [
      { path: 'packages/finance/src/a.ts', text: 'const today = new Date()\n' },
      { path: 'packages/finance/src/b.ts', text: 'const x = Math.random()\n' },
      { path: 'services/core/src/c.ts', text: 'const now = Date.now()\n' },
    ],
    keeps: [{ path: 'packages/finance/src/a.ts', text: '// not Date.now() here\nconst day = new Date(0)\n' }],
  },
  {
    rule: fileNames,
    breaks: [
      { path: 'services/core/src/utils.ts', text: '' },
      { path: 'services/core/src/helpers/a.ts', text: '' },
      { path: 'apps/web/src/components/common/money.tsx', text: '' },
      { path: 'services/core/src/recordTransaction.ts', text: '' },
    ],
    keeps: [
      { path: 'apps/web/src/components/common/Money.tsx', text: '' },
      { path: 'services/core/src/record-transaction.ts', text: '' },
    ],
  },
  {
    rule: screenWords,
    breaks: [
      { path: 'apps/web/src/pages/home/Home.tsx', text: 'export const Home = () => <p>Good morning</p>\n' },
      { path: 'apps/web/src/pages/home/Tip.tsx', text: 'export const Tip = () => <button aria-label="Close it" />\n' },
    ],
    keeps: [{ path: 'apps/web/src/pages/home/Home.tsx', text: "export const Home = () => <p className='a b'>{t('home.title')} · %</p>\n" }],
  },
  {
    rule: catalogueKeys,
    breaks: [
      { path: 'packages/i18n/src/en/home.json', text: '{"title":"Home","sum":"Sum","row_one":"Row","row_other":"Rows"}' },
      { path: 'apps/web/src/pages/home/Home.tsx', text: "export const title = (t) => t('home.name') + t('home.row')\n" },
    ],
    keeps: [
      { path: 'packages/i18n/src/en/home.json', text: '{"title":"Home","row_one":"Row","row_other":"Rows","kind":{"buy":"Buy"}}' },
      {
        path: 'apps/web/src/pages/home/Home.tsx',
        text: `export const title = (t, kind) => t('home.title') + t('home.row', { count: 2 }) + t(\`home.kind.\${kind}\`)\n`,
      },
    ],
  },
  {
    rule: declaredLibraries,
    breaks: [
      { path: 'services/notification/package.json', text: '{ "name": "@pe/notification", "dependencies": { "kysely": "^0.29.9" } }' },
      { path: 'services/notification/src/inbox.ts', text: "import { LRUCache } from 'lru-cache'\n" },
      { path: 'services/notification/src/outbox.ts', text: "import { chance } from 'fast-check'\n" },
    ],
    keeps: [
      { path: 'package.json', text: '{ "name": "house", "devDependencies": { "vitest": "5.1.1" } }' },
      { path: 'services/notification/package.json', text: '{ "name": "@pe/notification", "dependencies": { "kysely": "0.29.9" } }' },
      {
        path: 'services/notification/src/inbox.ts',
        text: "import { sql } from 'kysely'\nimport { join } from 'node:path'\nimport './own.ts'\n",
      },
      { path: 'services/notification/src/inbox.test.ts', text: "import { test } from 'vitest'\n" },
    ],
  },
  {
    rule: catalogues,
    breaks: [
      { path: 'packages/i18n/src/en.json', text: '{"home":{"title":"Home","sum":"Sum"}}' },
      { path: 'packages/i18n/src/de.json', text: '{"home":{"title":"Start"}}' },
    ],
    keeps: [
      { path: 'packages/i18n/src/en.json', text: '{"home":{"title":"Home"}}' },
      { path: 'packages/i18n/src/de.json', text: '{"home":{"title":"Start"}}' },
    ],
  },
]

test.each(examples.map((example) => [example.rule.name, example] as const))(
  '%s: each breach is found, and what keeps the rule is left alone',
  async (_, { rule, breaks, keeps }) => {
    expect(await rule.check([...workspaces, ...keeps])).toEqual([])
    const found = new Set((await rule.check([...workspaces, ...breaks])).map((finding) => finding.path))
    const culprits =
      rule === importCycles
        ? ['packages/finance/src/b.ts']
        : rule === catalogues
          ? ['packages/i18n/src/en.json']
          : breaks.map((file) => file.path)
    expect([...found].sort()).toEqual([...culprits].sort())
  },
)
