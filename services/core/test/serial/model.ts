import type { Application, Book, Noted, Stated } from './book.ts'
import { uncoveredBy } from './held.ts'

/** What a writer asks for; ids of what is new are those that the service gave. */
export type Command =
  | { readonly what: 'record'; readonly id: string; readonly stated: Stated }
  | { readonly what: 'replace'; readonly target: string; readonly id: string; readonly stated: Stated }
  | { readonly what: 'void'; readonly target: string }
  | { readonly what: 'reinstate'; readonly target: string; readonly id: string }
  | { readonly what: 'batch'; readonly importId: string; readonly stated: readonly Stated[] }
  | { readonly what: 'undo'; readonly importId: string }
  | { readonly what: 'apply'; readonly id: string; readonly actionId: string; readonly accounts: readonly number[] }
  | { readonly what: 'take-back'; readonly applicationId: string }

/** The book after a command, or the code with which it is refused. One command at a time: this is what the service must look like. */
export function after(book: Book, command: Command): Book | string {
  const next = stated(book, command)
  return typeof next === 'string' || !uncoveredBy(next) ? next : 'not_enough_units'
}

/** The same, whether or not all that leaves was there. */
export function stated(book: Book, command: Command): Book | string {
  if (command.what === 'apply' || command.what === 'take-back') {
    const applications = applicationsAfter(book.applications, command)
    return typeof applications === 'string' ? applications : { ...book, applications }
  }
  const entries = entriesAfter(book.entries, command)
  return typeof entries === 'string' ? entries : { ...book, entries }
}

function applicationsAfter(
  all: readonly Application[],
  command: Command & { what: 'apply' | 'take-back' },
): readonly Application[] | string {
  if (command.what === 'apply') {
    const { id, actionId, accounts } = command
    const again = all.some((one) => one.stands && one.actionId === actionId && one.accounts.some((account) => accounts.includes(account)))
    return again ? 'already_applied' : [...all, { id, actionId, accounts, stands: true }]
  }
  const taken = all.find(({ id }) => id === command.applicationId)
  return taken?.stands ? all.map((one) => (one === taken ? { ...one, stands: false } : one)) : 'already_undone'
}

function entriesAfter(book: readonly Noted[], command: Exclude<Command, { what: 'apply' | 'take-back' }>): readonly Noted[] | string {
  const place = book.length
  const note = (id: string, said: Stated, more: Partial<Noted> = {}): Noted => ({
    id,
    ...said,
    place,
    importId: null,
    stands: true,
    replacedBy: null,
    ...more,
  })
  const change = (id: string, more: Partial<Noted>) => book.map((one) => (one.id === id ? { ...one, ...more } : one))
  const find = (id: string) => book.find((one) => one.id === id)
  switch (command.what) {
    case 'record':
      return [...book, note(command.id, command.stated)]
    case 'batch':
      return [
        ...book,
        ...command.stated.map((said, at) =>
          note(`${command.importId}/${at}`, said, { importId: command.importId, place: place + at / 10 }),
        ),
      ]
    case 'undo':
      return book.map((one) => (one.importId === command.importId ? { ...one, stands: false } : one))
    case 'void':
      return find(command.target)?.stands ? change(command.target, { stands: false }) : 'changed_meanwhile'
    case 'replace': {
      const old = find(command.target)
      if (!old?.stands) return 'changed_meanwhile'
      const inPlace = old.onDay === command.stated.onDay ? { place: old.place } : {}
      const gone = change(old.id, { stands: false, replacedBy: command.id })
      return [...gone, note(command.id, { ...command.stated, account: old.account }, { importId: old.importId, ...inPlace })]
    }
    case 'reinstate': {
      const old = find(command.target)
      if (!old || old.stands || (old.replacedBy !== null && find(old.replacedBy)?.stands)) return 'not_void'
      const gone = change(old.id, { replacedBy: command.id })
      // Of a correction and what it corrected both may come back: the second one finds the place taken.
      const taken = book.some((one) => one.stands && one.onDay === old.onDay && one.place === old.place)
      return [...gone, { ...old, id: command.id, stands: true, replacedBy: null, place: taken ? place : old.place }]
    }
  }
}
