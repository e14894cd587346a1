/** An entry as a child would note it: who gives or gets how many units, on which day, after which other entry of that day. */
export interface Noted {
  readonly id: string
  readonly kind: 'buy' | 'sell' | 'transfer'
  readonly account: number
  readonly to: number | null
  readonly units: number
  readonly onDay: number
  readonly place: number
  readonly importId: string | null
  readonly stands: boolean
  readonly replacedBy: string | null
}

export type Stated = Pick<Noted, 'kind' | 'account' | 'to' | 'units' | 'onDay'>

/** What a writer asks for; ids of what is new are those that the service gave. */
export type Command =
  | { readonly what: 'record'; readonly id: string; readonly stated: Stated }
  | { readonly what: 'replace'; readonly target: string; readonly id: string; readonly stated: Stated }
  | { readonly what: 'void'; readonly target: string }
  | { readonly what: 'reinstate'; readonly target: string; readonly id: string }
  | { readonly what: 'batch'; readonly importId: string; readonly stated: readonly Stated[] }
  | { readonly what: 'undo'; readonly importId: string }

/** The account that may owe units; transfers never may. */
export const mayOwe = 2

/** The book after a command, or the code with which it is refused. One command at a time: this is what the service must look like. */
export function after(book: readonly Noted[], command: Command): readonly Noted[] | string {
  const place = book.length
  const note = (id: string, stated: Stated, more: Partial<Noted> = {}): Noted => ({
    id,
    ...stated,
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
      return covered([...book, note(command.id, command.stated)])
    case 'batch':
      return covered([
        ...book,
        ...command.stated.map((stated, at) =>
          note(`${command.importId}/${at}`, stated, { importId: command.importId, place: place + at / 10 }),
        ),
      ])
    case 'undo':
      return covered(book.map((one) => (one.importId === command.importId ? { ...one, stands: false } : one)))
    case 'void':
      return find(command.target)?.stands ? covered(change(command.target, { stands: false })) : 'already_void'
    case 'replace': {
      const old = find(command.target)
      if (!old?.stands) return 'already_void'
      const inPlace = old.onDay === command.stated.onDay ? { place: old.place } : {}
      const gone = change(old.id, { stands: false, replacedBy: command.id })
      return covered([...gone, note(command.id, { ...command.stated, account: old.account }, { importId: old.importId, ...inPlace })])
    }
    case 'reinstate': {
      const old = find(command.target)
      if (!old || old.stands || (old.replacedBy !== null && find(old.replacedBy)?.stands)) return 'not_void'
      const gone = change(old.id, { replacedBy: command.id })
      // Of a correction and what it corrected both may come back: the second one finds the place taken.
      const taken = book.some((one) => one.stands && one.onDay === old.onDay && one.place === old.place)
      return covered([...gone, { ...old, id: command.id, stands: true, replacedBy: null, place: taken ? place : old.place }])
    }
  }
}

/** What stands, in the order of the ledger. */
export function ledgerOf(book: readonly Noted[]): readonly Noted[] {
  return book.filter(({ stands }) => stands).sort((a, b) => a.onDay - b.onDay || a.place - b.place)
}

/** Units of each account; null as soon as one gives what it does not have. */
export function unitsOf(book: readonly Noted[]): Map<number, number> | null {
  const held = new Map<number, number>()
  for (const { kind, account, to, units } of ledgerOf(book)) {
    const left = (held.get(account) ?? 0) + (kind === 'buy' ? units : -units)
    if (left < 0 && kind !== 'buy' && (kind === 'transfer' || account !== mayOwe)) return null
    held.set(account, left)
    if (to !== null) held.set(to, (held.get(to) ?? 0) + units)
  }
  return held
}

function covered(book: readonly Noted[]): readonly Noted[] | string {
  return unitsOf(book) ? book : 'not_enough_units'
}
