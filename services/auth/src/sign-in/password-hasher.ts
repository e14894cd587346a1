import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { inTurns } from './in-turns.ts'

/** Turns passwords into what may be kept of them. */
export interface PasswordHasher {
  /** A PHC text: '$argon2id$v=19$m=19456,t=2,p=1$…$…'. */
  hash(password: string): Promise<string>
  /** The same work whether it is right or not, and also where there is nothing to compare with (null), which is never right. */
  verify(password: string, phc: string | null): Promise<boolean>
}

interface Cost {
  /** KiB */
  readonly memory: number
  readonly passes: number
  readonly parallelism: number
}

/** OWASP's first choice for argon2id. */
const cost: Cost = { memory: 19_456, passes: 2, parallelism: 1 }
const saltBytes = 16
const tagBytes = 32
const derive = promisify(argon2)
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64').replaceAll('=', '')

/** argon2id (RFC 9106) of node:crypto in the thread pool, never more than two at once. */
export function argon2Hasher(): PasswordHasher {
  // Each takes a core and 19 MiB for some 40 ms; who would wait longer than some seconds is told so.
  const taken = inTurns({ atOnce: 2, mostWaiting: 100 })
  const tagOf = (password: string, salt: Uint8Array, { memory, passes, parallelism }: Cost, length: number) =>
    taken(() =>
      // NFKC: the same signs typed on two keyboards are one password.
      derive('argon2id', { message: password.normalize('NFKC'), nonce: salt, memory, passes, parallelism, tagLength: length }),
    )
  const nobodys = { cost, salt: randomBytes(saltBytes), tag: randomBytes(tagBytes) }
  return {
    async hash(password) {
      const salt = randomBytes(saltBytes)
      const tag = await tagOf(password, salt, cost, tagBytes)
      return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${base64(salt)}$${base64(tag)}`
    },
    async verify(password, phc) {
      const known = phc === null ? nobodys : readPhc(phc)
      const tag = await tagOf(password, known.salt, known.cost, known.tag.length)
      return timingSafeEqual(tag, known.tag) && phc !== null
    },
  }
}

const shape = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,})\$([A-Za-z0-9+/]{22,})$/

function readPhc(phc: string): { cost: Cost; salt: Buffer; tag: Buffer } {
  const [, memory, passes, parallelism, salt = '', tag = ''] = shape.exec(phc) ?? []
  if (memory === undefined) throw new Error('a password is kept in a form that is unknown here')
  return {
    cost: { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) },
    salt: Buffer.from(salt, 'base64'),
    tag: Buffer.from(tag, 'base64'),
  }
}
