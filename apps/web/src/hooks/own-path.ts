/** Where a sign-in leads back to: a path of this app, or Home. Never another site, and never the door itself. */
export function ownPath(asked: string | null): string {
  // '//host', '/\host' and control characters are read by browsers as the beginning of another site.
  if (asked === null || !/^\/(?![/\\])/.test(asked) || hasControlCharacter(asked)) return '/'
  const here = 'https://here.invalid'
  const { origin, pathname, search, hash } = new URL(asked, here)
  if (origin !== here || pathname.startsWith('//') || doors.has(pathname)) return '/'
  return `${pathname}${search}${hash}`
}

const doors: ReadonlySet<string> = new Set(['/sign-in', '/set-up', '/reset-password', '/verify-email', '/invitation'])

function hasControlCharacter(text: string): boolean {
  return [...text].some((sign) => sign < ' ' || sign === '\u007f')
}

/** The address of the sign-in that leads back here. */
export function signInFrom({ pathname, search, hash }: { pathname: string; search: string; hash: string }): string {
  const back = `${pathname}${search}${hash}`
  return back === '/' ? '/sign-in' : `/sign-in?to=${encodeURIComponent(back)}`
}
