import type { Entrance } from './server-process.ts'

/** The API as a customer calls it. */
export class Api {
  readonly #base: string
  readonly #authorization: string

  constructor({ url, operatorToken }: Entrance) {
    this.#authorization = `Bearer ${operatorToken}`
    this.#base = `${url.replace('localhost', '127.0.0.1')}/api/v1`
  }

  async get<T>(path: string): Promise<T> {
    return (await this.#ask('GET', path)) as T
  }

  async post<T>(path: string, body: unknown): Promise<T> {
    return (await this.#ask('POST', path, JSON.stringify(body), 'application/json')) as T
  }

  async postFile<T>(path: string, content: string): Promise<T> {
    return (await this.#ask('POST', path, content, 'application/octet-stream')) as T
  }

  async #ask(method: string, path: string, body?: string, type?: string): Promise<unknown> {
    const response = await fetch(`${this.#base}${path}`, {
      method,
      headers: { authorization: this.#authorization, ...(type === undefined ? {} : { 'content-type': type }) },
      ...(body === undefined ? {} : { body }),
      signal: AbortSignal.timeout(600_000),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text.slice(0, 500)}`)
    return text === '' ? undefined : JSON.parse(text)
  }
}

interface Import {
  readonly id: string
  readonly state: string
  readonly portfolioId: string | null
  readonly counts: { readonly ok: number; readonly error: number }
}

/** Hands a file in and commits it, as the import page does; throws when a row is in error. */
export async function importFile(api: Api, fileName: string, content: string, portfolio?: string): Promise<Import> {
  const query = new URLSearchParams({ fileName, ...(portfolio ? { portfolio, baseCurrency: 'USD' } : {}) })
  const preview = await api.postFile<Import>(`/imports?${query}`, content)
  if (preview.state !== 'previewed' || preview.counts.error > 0) throw new Error(`${fileName}: ${JSON.stringify(preview).slice(0, 1000)}`)
  return api.post<Import>(`/imports/${preview.id}/commit`, {})
}
