import { readFileSync } from 'node:fs'
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
    { path: 'THIRD-PARTY-NOTICES.md', content: thirdPartyNotices() },
  ]
}
