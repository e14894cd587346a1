import { openAsBlob } from 'node:fs'
import { basename } from 'node:path'
import type { Client, Schema } from '@pe/sdk/client.ts'
import { dataOf } from '@pe/sdk/problem-error.ts'

/** Hands a file in as the web page does: its bytes as they are. Answers the reply as it came, refusals too. */
export async function handIn(client: Client, path: string, portfolio?: string) {
  return client.POST('/imports', {
    params: { query: { fileName: basename(path), ...(portfolio ? { portfolio } : {}) } },
    // The file itself travels: the SDK's type for bytes is text.
    body: (await openAsBlob(path)) as unknown as string,
    bodySerializer: (body) => body,
    headers: { 'Content-Type': 'application/octet-stream' },
  })
}

/** Every row of an import's report. */
export async function rowsOf(client: Client, importId: string): Promise<Schema<'ImportRow'>[]> {
  const rows: Schema<'ImportRow'>[] = []
  let cursor: string | null = null
  do {
    const query: { limit: number; cursor?: string } = { limit: 1000, ...(cursor === null ? {} : { cursor }) }
    const page: Schema<'ImportRowPage'> = dataOf(await client.GET('/imports/{importId}/rows', { params: { path: { importId }, query } }))
    rows.push(...page.items)
    cursor = page.next
  } while (cursor !== null)
  return rows
}
