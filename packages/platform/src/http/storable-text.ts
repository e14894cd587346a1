import { Refused } from './refused.ts'

/** NUL, and half of a pair of UTF-16: what no database text can hold, and would refuse late or store as another character. */
const detail = 'holds a character that cannot be stored: NUL, or half of a surrogate pair'

/** More would not help anyone to mend a request. */
const mostErrors = 50

/** Refuses the value with the path of each text in it, or name of a field, that cannot be stored as it is. */
export function orRefuseUnstorable(value: unknown, place: 'body' | 'path' | 'query'): void {
  const paths = unstorablePaths(value)
  const [first] = paths
  if (first === undefined) return
  const where = first === '' ? place : `${place} field '${first}'`
  throw new Refused(
    'bad_request',
    `${where}: ${detail}`,
    paths.map((path) => ({ path, detail })),
  )
}

interface Part {
  readonly value: unknown
  readonly name: string
  readonly above: Part | undefined
}

/** Of a tree however deep: what is still to be looked at is kept in a list, not on the stack. */
function unstorablePaths(root: unknown): string[] {
  const paths: string[] = []
  const waiting: Part[] = [{ value: root, name: '', above: undefined }]
  for (let part = waiting.pop(); part && paths.length < mostErrors; part = waiting.pop()) {
    const { value } = part
    if (typeof value === 'string') {
      if (!isStorable(value)) paths.push(pathOf(part))
    } else if (typeof value === 'object' && value !== null) {
      for (const [name, below] of Object.entries(value).reverse()) {
        const next: Part = { value: below, name, above: part }
        if (!isStorable(name)) paths.push(pathOf(next))
        if (typeof below === 'string' || typeof below === 'object') waiting.push(next)
      }
    }
  }
  return paths
}

function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0')
}

/** 'rows.3.note'; what could not be sent back as it is stands as U+FFFD. */
function pathOf(part: Part): string {
  const names: string[] = []
  for (let at: Part | undefined = part; at?.above; at = at.above) names.push(at.name.toWellFormed().replaceAll('\0', '\ufffd'))
  return names.reverse().join('.')
}
