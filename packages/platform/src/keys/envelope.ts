import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import { fingerprintOf, type Keys } from './keys.ts'

/**
 * Secrets that must be read again (seeds of authenticators, keys of providers), sealed with AES-256-GCM under a key of their own, which is
 * sealed under a key of the key port. `context` says where a secret belongs ('auth|authenticator|0190…'): elsewhere it does not open.
 */
export interface Envelope {
  seal(secret: string, context: string): string
  /** Throws where the text was changed, belongs elsewhere, or was sealed under a key that is not here. */
  open(sealed: string, context: string): string
  /** Whether it stands under the key of today; else `reseal` brings it there. */
  isCurrent(sealed: string): boolean
  /** The same under the key of today: only the inner key is sealed again, so that whole tables can be moved. */
  reseal(sealed: string, context: string): string
}

const form = 'pe1'
const cipher = 'aes-256-gcm'
const keyBytes = 32
const ivBytes = 12
const tagBytes = 16

interface OuterKey {
  readonly id: string
  readonly key: KeyObject
}

/** `earlier`: keys that were in use before, with which what they sealed is still opened. */
export function envelope(current: Keys, earlier: readonly Keys[] = []): Envelope {
  const today = outerKey(current)
  const known = new Map([...earlier.map(outerKey), today].map((key) => [key.id, key]))
  const unwrap = ({ keyId, wrapped }: Parts, context: string): KeyObject => {
    const outer = known.get(keyId)
    if (!outer) throw new Error(`sealed under the key ${keyId}, which is not here`)
    return createSecretKey(decrypt(outer.key, wrapped, wrapContext(keyId, context)))
  }
  const wrap = (inner: KeyObject, context: string): string => encrypt(today.key, inner.export(), wrapContext(today.id, context))
  return {
    seal(secret, context) {
      const inner = createSecretKey(randomBytes(keyBytes))
      return [form, today.id, wrap(inner, context), encrypt(inner, Buffer.from(secret), context)].join('.')
    },
    open(sealed, context) {
      const parts = partsOf(sealed)
      return decrypt(unwrap(parts, context), parts.content, context).toString()
    },
    isCurrent: (sealed) => partsOf(sealed).keyId === today.id,
    reseal(sealed, context) {
      const parts = partsOf(sealed)
      return [form, today.id, wrap(unwrap(parts, context), context), parts.content].join('.')
    },
  }
}

/** Told from others by a fingerprint, which tells nothing of the key. */
function outerKey(keys: Keys): OuterKey {
  return { id: fingerprintOf(keys).slice(0, 16), key: keys.of('envelope') }
}

interface Parts {
  readonly keyId: string
  readonly wrapped: string
  readonly content: string
}

function partsOf(sealed: string): Parts {
  const [said, keyId, wrapped, content, ...more] = sealed.split('.')
  if (said !== form || !keyId || !wrapped || !content || more.length > 0) throw new Error('this is no sealed text')
  return { keyId, wrapped, content }
}

function wrapContext(keyId: string, context: string): string {
  return `${form}|${keyId}|${context}`
}

/** Initialisation vector, ciphertext and tag, in base64url. An inner key seals once; an outer one far less than the 2³² times that a random vector bears. */
function encrypt(key: KeyObject, plain: Uint8Array, context: string): string {
  const iv = randomBytes(ivBytes)
  const encrypting = createCipheriv(cipher, key, iv, { authTagLength: tagBytes })
  encrypting.setAAD(Buffer.from(context))
  return Buffer.concat([iv, encrypting.update(plain), encrypting.final(), encrypting.getAuthTag()]).toString('base64url')
}

function decrypt(key: KeyObject, sealed: string, context: string): Buffer {
  const bytes = Buffer.from(sealed, 'base64url')
  if (bytes.length < ivBytes + tagBytes) throw new Error('this is no sealed text')
  const decrypting = createDecipheriv(cipher, key, bytes.subarray(0, ivBytes), { authTagLength: tagBytes })
  decrypting.setAAD(Buffer.from(context))
  decrypting.setAuthTag(bytes.subarray(bytes.length - tagBytes))
  try {
    return Buffer.concat([decrypting.update(bytes.subarray(ivBytes, bytes.length - tagBytes)), decrypting.final()])
  } catch (trouble) {
    throw new Error('this sealed text was changed, or belongs elsewhere', { cause: trouble })
  }
}
