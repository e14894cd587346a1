import type { AuthDeps } from '../auth-deps.ts'

interface Letter {
  readonly to: string
  readonly subject: string
  readonly lines: readonly string[]
}

/** Sends a mail. What goes wrong is told without whom it was for: jobs keep it, and it is logged. */
export async function post(auth: AuthDeps, { to, subject, lines }: Letter): Promise<void> {
  try {
    await auth.mail.send({ to, subject, text: lines.join('\n') })
  } catch (trouble) {
    const code = trouble instanceof Error && 'code' in trouble ? ` (${String(trouble.code)})` : ''
    throw new Error(`a mail could not be sent${code}`)
  }
}

/** A link into the web app with a token that opens something. */
export function linkTo(auth: AuthDeps, path: string, token: string): string {
  return `${auth.webAddress()}${path}?token=${token}`
}
