import type { FigureFormat } from './figure-format.ts'

/** What the server's sentences name, by name and as text. */
export type Facts = Readonly<Record<string, string>>

const days = new Set(['date', 'opened', 'archived', 'today', 'earliest', 'closedThrough', 'firstDay', 'lastDay', 'latest'])
const units = new Set(['held', 'leaving', 'chosen'])
const counts = new Set(['refused', 'rows'])

/** Facts as this person reads them: days, units and counts in their own way, names as they are. */
export function factWords(facts: Facts, format: FigureFormat): Record<string, string | number> {
  const words: Record<string, string | number> = {}
  for (const [name, value] of Object.entries(facts)) {
    if (days.has(name)) words[name] = format.day(value)
    else if (units.has(name)) words[name] = format.units(value)
    else if (name === 'knownAt')
      words[name] = new Intl.DateTimeFormat(format.locale, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(value))
    else if (counts.has(name)) words[name] = format.count(Number(value))
    else words[name] = name === 'count' ? Number(value) : value
  }
  return words
}

export function hasFacts(facts: Facts | undefined): facts is Facts {
  return facts !== undefined && Object.keys(facts).length > 0
}
