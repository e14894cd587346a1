import { describe, expect, it } from 'vitest'
import { orRefuseWeak } from './password-strength.ts'

const own = ['grace.hopper@navy.example', 'Grace Hopper', 'Compiler Trust']
const judged = (password: string) => {
  try {
    orRefuseWeak(password, own)
    return 'taken'
  } catch (thrown) {
    const { code, facts } = thrown as { code: string; facts: Record<string, string> }
    expect(code).toBe('weak_password')
    expect(JSON.stringify(facts)).not.toContain(password)
    return facts.case
  }
}

describe('a password', () => {
  it('has ten characters, as a person counts them', () => {
    expect(judged('xK9!vQ2#')).toBe('short')
    expect(judged('🐎🐎🐎🐎🐎')).toBe('short')
  })

  it('is none of the common ones, nor one in disguise', () => {
    for (const common of [
      '1234567890',
      'qwertyuiop',
      'password123',
      'P@ssw0rd1234',
      'iloveyou1234',
      'aaaaaaaaaaaaaaa',
      '2026-11-232026-11-23',
    ])
      expect(judged(common), common).toBe('guessable')
  })

  it('is not made of the person’s own words, nor of the house’s', () => {
    for (const word of ['gracehopper', 'grace.hopper@navy.example', 'GraceHopper1', 'portfolioengine', 'CompilerTrust1'])
      expect(judged(word), word).toBe('guessable')
  })

  it('is taken when it is long and unexpected, in any writing, and quickly however long it is', () => {
    for (const good of ['plum-tractor-violet-38', 'grüne Zwiebel tanzt nachts', '紫色の拖拉机和七只山羊很安静', 'xK9!vQ2#mZ7p'])
      expect(judged(good), good).toBe('taken')
    const before = performance.now()
    expect(judged('plum-tractor-violet-38 '.repeat(43))).toBe('taken')
    expect(performance.now() - before).toBeLessThan(1000)
  })
})
