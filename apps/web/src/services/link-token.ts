import { type LoaderFunctionArgs, redirect } from 'react-router'

/** Tokens of links, by path, in memory only: neither in the address, nor in the history, nor in anything this browser keeps. */
const tokens = new Map<string, string>()

/** Before anything of the page is drawn, the token is taken out of the address. */
export function takeLinkToken({ request }: LoaderFunctionArgs): Response | null {
  const { pathname, searchParams } = new URL(request.url)
  const token = searchParams.get('token')
  if (token === null) return null
  tokens.set(pathname, token)
  searchParams.delete('token')
  const rest = searchParams.size > 0 ? `?${searchParams}` : ''
  return redirect(`${pathname}${rest}`)
}

export function linkToken(pathname: string): string | null {
  return tokens.get(pathname) ?? null
}

/** A link that was used leads nowhere any more. */
export function forgetLinkToken(pathname: string): void {
  tokens.delete(pathname)
}
