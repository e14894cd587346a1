import { isCode, isTest, lineOf, type Rule } from '../source-files.ts'

const reads = /\bprocess\s*\.\s*env\b|\bimport\.meta\.env\b/g
const allowed = [
  /^apps\/server\/src\/config\.ts$/,
  /^bin\//,
  /^apps\/server\/bin\//,
  /^tools\//,
  /^[^/]+\.config\.ts$/,
  /^apps\/web\/vite\.config\.ts$/,
]

/** Configuration is one schema, parsed once. */
export const environment: Rule = {
  name: 'environment',
  check: (files) =>
    files
      .filter((file) => isCode(file.path) && !isTest(file.path) && !allowed.some((place) => place.test(file.path)))
      .flatMap((file) =>
        [...file.text.matchAll(reads)].map((match) => ({
          path: file.path,
          line: lineOf(file.text, match.index),
          sentence: 'only apps/server/src/config.ts reads the environment: take the value as an argument',
        })),
      ),
}
