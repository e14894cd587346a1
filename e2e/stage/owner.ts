/** Who owns what a stage holds, set up by the start itself. */
export const owner = { email: 'owner@example.org', password: 'seven quiet herons over water' } as const

const cookies = new Map<string, Promise<string>>()

/** The owner's session at a server, as the value of its cookie: signed in once, however many pages are opened. */
export function sessionAt(url: string): Promise<string> {
  const before = cookies.get(url)
  if (before) return before
  const opened = signIn(url)
  cookies.set(url, opened)
  return opened
}

async function signIn(url: string): Promise<string> {
  const response = await fetch(`${url}/api/v1/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(owner),
  })
  const token = /^session=([^;]+)/.exec(response.headers.get('set-cookie') ?? '')?.[1]
  if (!response.ok || !token) throw new Error(`the owner cannot sign in: ${response.status} ${await response.text()}`)
  return token
}
