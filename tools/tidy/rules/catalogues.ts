import type { Finding, Rule, SourceFile } from '../source-files.ts'

const catalogue = /^packages\/i18n\/src\/(?:.*\/)?([a-z]{2})(?:\/(.+))?\.json$/

/** Every language says the same things: no key stands in one catalogue only. */
export const catalogues: Rule = {
  name: 'catalogues',
  check(files) {
    const languages = new Map<string, Map<string, SourceFile>>()
    for (const file of files) {
      const match = catalogue.exec(file.path)
      if (!match?.[1]) continue
      const keys = languages.get(match[1]) ?? new Map<string, SourceFile>()
      for (const key of leaves(JSON.parse(file.text), match[2] ?? '')) keys.set(key, file)
      languages.set(match[1], keys)
    }
    const english = languages.get('en')
    if (!english) return []
    return [...languages].flatMap(([language, keys]) => [
      ...missing(english, keys, `is missing in ${language}`),
      ...(language === 'en' ? [] : missing(keys, english, 'is missing in en')),
    ])
  },
}

function missing(from: ReadonlyMap<string, SourceFile>, to: ReadonlyMap<string, SourceFile>, says: string): Finding[] {
  return [...from].filter(([key]) => !to.has(key)).map(([key, file]) => ({ path: file.path, line: 1, sentence: `${key} ${says}` }))
}

/** The dotted keys of a catalogue file; `prefix` is the area, the file's name. */
export function leaves(node: unknown, prefix: string): string[] {
  if (typeof node !== 'object' || node === null) return [prefix]
  return Object.entries(node).flatMap(([key, value]) => leaves(value, prefix ? `${prefix}.${key}` : key))
}
