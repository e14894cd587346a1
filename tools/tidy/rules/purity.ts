import { isTest, lineOf, type Rule } from '../source-files.ts'

const impure: readonly [RegExp, string][] = [
  [/\bDate\.now\s*\(|\bnew Date\s*\(\s*\)/g, 'reads the clock: take the day or the moment as an argument'],
  [/\bMath\.random\s*\(|\bcrypto\./g, 'makes chance: take a seeded generator as an argument'],
  [/\bprocess\.|\bfetch\s*\(|\bconsole\./g, 'reaches outside: finance only reckons'],
]
const clockPlaces = [/^packages\/platform\/src\/clock\//]

/** Finance has no clock, no chance and no I/O; services get theirs from platform. */
export const purity: Rule = {
  name: 'purity',
  check: (files) =>
    files.flatMap((file) => {
      if (!/\.tsx?$/.test(file.path) || isTest(file.path) || clockPlaces.some((place) => place.test(file.path))) return []
      const code = file.text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, (comment) => comment.replace(/[^\n]/g, ' '))
      const rules = file.path.startsWith('packages/finance/') ? impure : file.path.startsWith('services/') ? impure.slice(0, 1) : []
      return rules.flatMap(([pattern, sentence]) =>
        [...code.matchAll(pattern)].map((match) => ({
          path: file.path,
          line: lineOf(code, match.index),
          sentence: `${match[0]} ${sentence}`,
        })),
      )
    }),
}
