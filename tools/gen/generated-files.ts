import { readFileSync } from 'node:fs'
import { importNoteCodes } from '@pe/contracts/import-notes.ts'
import { mappingFields } from '@pe/contracts/integration.ts'
import { openApiDocument } from '@pe/contracts/openapi.ts'
import openapiTS, { astToString, COMMENT_HEADER } from 'openapi-typescript'
import { thirdPartyNotices } from './third-party-notices.ts'

/** What is generated, from the contracts and the lockfile alone: paths are below the root. */
export async function generatedFiles(): Promise<{ path: string; content: string }[]> {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }
  const document = openApiDocument(version)
  const types = astToString(await openapiTS(JSON.stringify(document), { alphabetize: false }))
  return [
    { path: 'packages/sdk/openapi.generated.json', content: `${JSON.stringify(document, null, 2)}\n` },
    { path: 'packages/sdk/src/api.generated.ts', content: `${COMMENT_HEADER}${types}` },
    { path: 'packages/sdk/src/imports.generated.ts', content: `${COMMENT_HEADER}${importLists()}` },
    { path: 'THIRD-PARTY-NOTICES.md', content: thirdPartyNotices() },
  ]
}

/** Lists that a screen walks through: types alone are gone at run time. */
function importLists(): string {
  const list = (name: string, value: unknown) => `export const ${name} = ${JSON.stringify(value, null, 2)} as const\n`
  return [
    '/** The fields that a column of any CSV can be, by what the file holds. */',
    list('mappingFields', mappingFields),
    '/** Everything a preview may say of a file or of a row. */',
    list('importNoteCodes', importNoteCodes),
  ].join('\n')
}
