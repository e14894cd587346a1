import { openAsBlob } from 'node:fs'
import { basename } from 'node:path'
import type { Client, Schema } from '@pe/sdk/client.ts'
import { dataOf } from '@pe/sdk/problem-error.ts'

/** Hands a file in as the web page does: its bytes as they are. Answers the reply as it came, refusals too. */
export async function handIn(client: Client, path: string, portfolio?: string) {
  return handInBytes(client, { name: basename(path), bytes: await openAsBlob(path) }, portfolio)
}

async function handInBytes(client: Client, { name, bytes }: { name: string; bytes: Blob }, portfolio?: string) {
  return client.POST('/imports', {
    params: { query: { fileName: name, ...(portfolio ? { portfolio } : {}) } },
    // The file itself travels: the SDK's type for bytes is text.
    body: bytes as unknown as string,
    bodySerializer: (body) => body,
    headers: { 'Content-Type': 'application/octet-stream' },
  })
}

/** Hands a text in as a file; its preview. */
export async function previewText(client: Client, { name, text }: { name: string; text: string }, portfolio?: string) {
  return dataOf(await handInBytes(client, { name, bytes: new Blob([text]) }, portfolio))
}

/** Hands a text in as a file and records it. */
export async function recordText(client: Client, file: { name: string; text: string }, portfolio?: string) {
  const { id: importId } = await previewText(client, file, portfolio)
  return dataOf(await client.POST('/imports/{importId}/commit', { params: { path: { importId } }, body: {} }))
}

/** Takes a whole book into an instance that has none. */
export async function takeIn(client: Client, book: Blob): Promise<Schema<'ImportedBook'>> {
  const headers = { 'Content-Type': 'application/octet-stream' }
  return dataOf(await client.POST('/import/book', { body: book as unknown as string, bodySerializer: (body) => body, headers }))
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
