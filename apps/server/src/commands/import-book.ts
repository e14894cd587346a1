import type { Client } from '@pe/sdk/client.ts'
import { dataOf } from '@pe/sdk/problem-error.ts'

/** Whether a file is a whole book of PortfolioEngine: it says so first. */
export async function isWholeBook(file: Blob): Promise<boolean> {
  return /^\uFEFF?\s*\{\s*"format"\s*:\s*"portfolioengine-book"/.test(await file.slice(0, 200).text())
}

/** Takes a whole book into an empty instance; `json` prints the answer as it is. */
export async function importBook(client: Client, file: Blob, json: boolean): Promise<number> {
  const streamed = { body: file.stream() as unknown as string, duplex: 'half' }
  const answer = await client.POST('/import/book', {
    ...streamed,
    bodySerializer: (body: unknown) => body as BodyInit,
    headers: { 'content-type': 'application/octet-stream' },
  })
  const book = dataOf(answer)
  const { accounts, portfolios, transactions, instruments, exportedAt } = book
  if (json) console.log(JSON.stringify(book, null, 2))
  else
    console.log(
      `The book of ${exportedAt.slice(0, 10)} is here: accounts ${accounts}, portfolios ${portfolios}, transactions ${transactions}, instruments ${instruments}.`,
    )
  return 0
}
