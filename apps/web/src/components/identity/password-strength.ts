export type PasswordStrength = 'empty' | 'short' | 'weak' | 'fair' | 'strong'

/** As the server has it (services/auth): shorter ones are refused. */
export const shortestPassword = 10

/** A letter inside a word is easier to guess than one on its own. */
const bitsWithinWord = 3

/**
 * A hint while typing, in bits of guessing: how many signs there are, of how large a set. Repeats ('aaa'), runs ('1234') and words that
 * stand in the form already (name, e-mail) count as one sign. The server judges; it knows the commonest passwords too.
 */
export function passwordStrength(password: string, known: readonly string[] = []): PasswordStrength {
  const signs = [...password]
  if (signs.length === 0) return 'empty'
  if (signs.length < shortestPassword) return 'short'
  const rest = withoutKnown(password, known)
  const bits = bitsOf([...rest], Math.log2(setSize(rest)))
  if (bits < 36) return 'weak'
  return bits < 64 ? 'fair' : 'strong'
}

function withoutKnown(password: string, known: readonly string[]): string {
  const words = known.flatMap((text) => text.toLowerCase().split(/[\s@.]+/)).filter((word) => word.length >= 4)
  return words.reduce((left, word) => left.replaceAll(new RegExp(word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'gi'), '·'), password)
}

/** Bits of each sign: none where it follows from the ones before, few where a word goes on, else those of the whole set. */
function bitsOf(signs: readonly string[], ofSet: number): number {
  const codes = signs.map((sign) => sign.codePointAt(0) ?? 0)
  const step = (at: number) => (codes[at] ?? 0) - (codes[at - 1] ?? 0)
  return signs.reduce((bits, sign, at) => {
    if (at > 0 && (step(at) === 0 || (at > 1 && Math.abs(step(at)) === 1 && step(at) === step(at - 1)))) return bits
    const goesOn = at > 0 && /\p{Ll}/u.test(sign) && /\p{L}/u.test(signs[at - 1] ?? '')
    return bits + (goesOn ? bitsWithinWord : ofSet)
  }, 0)
}

function setSize(password: string): number {
  const sets: readonly [RegExp, number][] = [
    [/[a-z]/, 26],
    [/[A-Z]/, 26],
    [/\d/, 10],
    [/[ -/:-@[-`{-~]/, 33],
    [/[^ -~]/, 100],
  ]
  return Math.max(
    2,
    sets.reduce((size, [set, signs]) => size + (set.test(password) ? signs : 0), 0),
  )
}
