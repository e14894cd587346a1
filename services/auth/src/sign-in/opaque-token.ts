import { createHash, randomBytes } from 'node:crypto'

/** 256 bits of chance as base64url: sessions and links. It says nothing, and only its digest is kept. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/** SHA-256 as hex. Of what is chance in 256 bits no slower hash is needed. */
export function digestOf(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
