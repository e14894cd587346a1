import { isPlainDate } from '@pe/finance/time/plain-date.ts'

/** One word of the command line. */
export interface Command {
  readonly name: string
  /** Half a line for the overview. */
  readonly summary: string
  /** Shown by --help and beside a mistake. */
  readonly usage: string
  /** Answers the exit code; 0 when it answers nothing. */
  run(args: readonly string[]): Promise<number | undefined>
}

/** The command line was not understood: exit code 2, with the usage. */
export class WrongUsage extends Error {
  constructor(sentence: string) {
    super(sentence)
    this.name = 'WrongUsage'
  }
}

/** The value of an option that names a day. */
export function dayOf(value: string | undefined, option: string): string | undefined {
  if (value !== undefined && !isPlainDate(value)) throw new WrongUsage(`${option} must be a calendar day, YYYY-MM-DD, not '${value}'.`)
  return value
}

/** Understood, but not to be done: exit code 1, with the sentence alone. */
export class CommandFailed extends Error {
  constructor(sentence: string) {
    super(sentence)
    this.name = 'CommandFailed'
  }
}

/** The value of an option that a command cannot do without; spaces alone are none. */
export function required(value: string | undefined, option: string): string {
  if (!value?.trim()) throw new WrongUsage(`${option} is missing.`)
  return value
}
