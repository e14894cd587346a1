import type { Static, TObject, TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { CannotStart } from '../postgres/cannot-start.ts'
import { fromText } from './from-text.ts'

export interface SettingsSource {
  /** The environment. */
  readonly given: Readonly<Record<string, string | undefined>>
  /** What our names begin with: 'PE_'. Any other name is somebody else's. */
  readonly prefix: string
  /** Names of ours that something else reads: the tests, the starter. */
  readonly elsewhere?: readonly string[]
}

/**
 * Settings out of the environment. A wrong value or a name that nobody knows stops the start with one sentence that names the
 * setting: a misspelt one would otherwise be a default that nobody asked for. Each field's `description` says what it must be;
 * a field marked `secret` is not repeated.
 */
export function readSettings<T extends TObject>(schema: T, { given, prefix, elsewhere = [] }: SettingsSource): Static<T> {
  const fields = schema.properties as Record<string, TSchema & { description?: string; secret?: boolean; default?: unknown }>
  const settings: Record<string, unknown> = {}
  for (const name of Object.keys(given)) {
    if (name.startsWith(prefix) && !(name in fields) && !elsewhere.includes(name))
      throw new CannotStart(unknownSetting(name, Object.keys(fields)))
  }
  for (const [name, field] of Object.entries(fields)) {
    const text = given[name]?.trim()
    if (text === undefined || text === '') {
      if (field.default !== undefined) settings[name] = field.default
      continue
    }
    const value = fromText(field, text)
    if (!Value.Check(field, value)) {
      throw new CannotStart(`${name} must be ${field.description ?? 'something else'}${field.secret ? '' : `, not '${text}'`}.`)
    }
    settings[name] = value
  }
  return settings as Static<T>
}

function unknownSetting(name: string, known: readonly string[]): string {
  const nearest = known.map((one) => ({ one, distance: editDistance(name, one) })).sort((a, b) => a.distance - b.distance)[0]
  const hint = nearest && nearest.distance <= 3 ? ` Did you mean ${nearest.one}?` : ` The settings are ${known.join(', ')}.`
  return `There is no setting ${name}.${hint}`
}

/** Levenshtein: how many letters must be put in, taken out or changed. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, n) => n)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
