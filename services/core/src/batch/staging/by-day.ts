import type { PlainDate } from '@pe/finance/time/plain-date.ts'

/** Two ledgers in order of their days, as one: the entries of each day together, those of the first before those of the second. */
export async function* byDay<T extends { readonly date: PlainDate }>(
  first: AsyncIterable<T[]>,
  second: AsyncIterable<T[]>,
): AsyncGenerator<T[]> {
  const [a, b] = [new Days(first), new Days(second)]
  for (;;) {
    const [dayA, dayB] = [await a.nextDay(), await b.nextDay()]
    if (dayA === null && dayB === null) return
    const day = dayA === null ? dayB : dayB === null || dayA < dayB ? dayA : dayB
    if (day === null) return
    yield [...(dayA === day ? await a.take(day) : []), ...(dayB === day ? await b.take(day) : [])]
  }
}

/** Pages cut into days: a day may begin in one page and end in another. */
class Days<T extends { readonly date: PlainDate }> {
  readonly #pages: AsyncIterator<T[]>
  #page: T[] = []
  #at = 0

  constructor(pages: AsyncIterable<T[]>) {
    this.#pages = pages[Symbol.asyncIterator]()
  }

  async nextDay(): Promise<PlainDate | null> {
    while (this.#at >= this.#page.length) {
      const next = await this.#pages.next()
      if (next.done) return null
      this.#page = next.value
      this.#at = 0
    }
    return this.#page[this.#at]?.date ?? null
  }

  async take(day: PlainDate): Promise<T[]> {
    const taken: T[] = []
    while ((await this.nextDay()) === day) {
      const entry = this.#page[this.#at++]
      if (entry) taken.push(entry)
    }
    return taken
  }
}
