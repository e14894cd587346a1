import { dataOf } from '@pe/sdk/problem-error.ts'

interface PageAnswer<T> {
  readonly data?: { items: T[]; next: string | null }
  readonly error?: unknown
  readonly response: Response
}

/** Every item of a list, page after page. */
export async function* allPages<T>(ask: (cursor: string | undefined) => Promise<PageAnswer<T>>): AsyncGenerator<T> {
  let cursor: string | undefined
  do {
    const page = dataOf(await ask(cursor))
    yield* page.items
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
}
