import { WrongUsage } from './command.ts'

/** The one of these that was meant. */
export function oneOf<T extends string>(all: readonly T[], given: string | undefined, option: string): T {
  const found = all.find((one) => one === given)
  if (!found) throw new WrongUsage(`${option} must be ${all.join(', ')}${given === undefined ? '' : `, not '${given}'`}.`)
  return found
}
