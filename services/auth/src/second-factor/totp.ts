import { createHmac, timingSafeEqual } from 'node:crypto'
import { epochMilliseconds, type Instant } from '@pe/finance/time/instant.ts'
import { base32 } from './base32.ts'

const stepMilliseconds = 30_000
const digits = 6
/** Clocks differ: the step before and the one after are good, too. */
const drift = 1

/** RFC 6238 over RFC 4226: HMAC-SHA-1 of the number of the step, cut to six digits. */
export function codeOf(seed: Uint8Array, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', seed).update(counter).digest()
  const offset = (mac.at(-1) as number) & 0xf
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 10 ** digits).padStart(digits, '0')
}

export function stepAt(moment: Instant): number {
  return Math.floor(epochMilliseconds(moment) / stepMilliseconds)
}

/** The step whose code this is, among those that are good now; null when it is none of them. Always compares all of them, in constant time. */
export function stepOfCode(seed: Uint8Array, code: string, now: Instant): number | null {
  const today = stepAt(now)
  const given = Buffer.from(code.padEnd(digits).slice(0, digits + 1))
  let found: number | null = null
  for (let step = today - drift; step <= today + drift; step += 1) {
    const right = Buffer.from(codeOf(seed, step))
    if (given.length === right.length && timingSafeEqual(given, right)) found = step
  }
  return found
}

/** What an authenticator scans (Key URI format of Google Authenticator). */
export function authenticatorUri(seed: Uint8Array, email: string): string {
  const issuer = 'PortfolioEngine'
  const query = `secret=${base32(seed)}&issuer=${issuer}&algorithm=SHA1&digits=${digits}&period=${stepMilliseconds / 1000}`
  return `otpauth://totp/${issuer}:${encodeURIComponent(email)}?${query}`
}
