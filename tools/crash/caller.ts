/** The API as the clients of the crash test call it, and the key by which they do. */
export interface Caller {
  readonly api: string
  readonly key: string
}

export function headersOf({ key }: Caller): Record<string, string> {
  return { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
}
