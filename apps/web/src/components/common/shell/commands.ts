import type { IconName } from '../Icon.tsx'

/** Something the palette can do or reach. */
export interface Command {
  readonly id: string
  readonly group: 'do' | 'goTo' | 'always'
  readonly icon: IconName
  readonly words: string
  readonly hint?: string
  /** Other words that find it, which are not shown. */
  readonly also?: string
  readonly keys?: readonly string[]
  readonly run: () => void
}

/** How well words answer what was typed: 0 not at all, higher is better. All typed words must occur. */
export function match(typed: string, command: Pick<Command, 'words' | 'hint' | 'also'>): number {
  const text = `${command.words} ${command.hint ?? ''} ${command.also ?? ''}`.toLowerCase()
  const wanted = typed.toLowerCase().split(/\s+/).filter(Boolean)
  if (wanted.some((word) => !text.includes(word))) return 0
  return wanted.reduce((score, word) => score + (text.startsWith(word) ? 3 : text.includes(` ${word}`) ? 2 : 1), 1)
}

/** What to show for the typed words: actions first, then places, best first, a screenful. */
export function found(typed: string, commands: readonly Command[]): Command[] {
  if (!typed.trim()) return commands.filter(({ group, id }) => group === 'always' || id.startsWith('place')).slice(0, 12)
  const order = { do: 0, goTo: 1, always: 2 }
  return commands
    .map((command) => ({ command, score: match(typed, command) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => order[a.command.group] - order[b.command.group] || b.score - a.score)
    .map(({ command }) => command)
    .slice(0, 12)
}
