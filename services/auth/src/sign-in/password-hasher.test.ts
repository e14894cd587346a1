import { describe, expect, it } from 'vitest'
import { argon2Hasher } from './password-hasher.ts'

const { hash, verify } = argon2Hasher()
const phc = /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/

describe('argon2id', () => {
  it('keeps a password as PHC text with a salt of its own, and knows it again', async () => {
    const [one, other] = [await hash('plum-tractor-violet-38'), await hash('plum-tractor-violet-38')]
    expect(one).toMatch(phc)
    expect(other).not.toBe(one)
    expect(await verify('plum-tractor-violet-38', one)).toBe(true)
    expect(await verify('plum-tractor-violet-39', one)).toBe(false)
    expect(await verify('', one)).toBe(false)
  })

  it('reads what another program has made, with parameters of its own', async () => {
    // argon2 of the reference implementation (phc-winner-argon2): -id -v 13 -t 2 -k 256 -p 1, password 'password', salt 'somesalt'.
    const made = '$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4'
    expect(await verify('password', made)).toBe(true)
    expect(await verify('passwore', made)).toBe(false)
  })

  it('says no where there is nothing to compare with, and fails loudly on what it cannot read', async () => {
    expect(await verify('anything', null)).toBe(false)
    for (const broken of ['', 'plain', '$2b$10$abc', '$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4'])
      await expect(verify('anything', broken)).rejects.toThrow('unknown here')
  })

  it('turns away who would wait too long, and takes the next once there is room', async () => {
    const crowd = await Promise.allSettled(
      Array.from({ length: 110 }, () => verify('x', '$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4')),
    )
    const turnedAway = crowd.filter((one) => one.status === 'rejected')
    expect(turnedAway).toHaveLength(8)
    for (const one of turnedAway) expect(one).toMatchObject({ reason: { code: 'unavailable' } })
    expect(await verify('x', null)).toBe(false)
  })
})
