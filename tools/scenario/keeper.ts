import type { Entry } from './entry.ts'
import type { Expectation } from './read-expectation.ts'
import { readScenario, type Scenario } from './scenario.ts'

/** Whoever keeps the book of a scenario: finance alone, the services, or a server behind the SDK. */
export interface Keeper {
  /** Null when it was recorded, else the refusal's code. */
  record(entry: Entry): Promise<string | null>
  /** The figure as text, numbers in full; a list for lots; 'unknown (reason)' where nobody can know; a value that is stale ends in ', stale'. */
  figure(expectation: Expectation): Promise<string | readonly string[]>
}

/** What did not come out as the scenario says, in words. */
export async function disagreements(yaml: string, open: (scenario: Scenario) => Promise<Keeper>): Promise<string[]> {
  const scenario = readScenario(yaml)
  const keeper = await open(scenario)
  const found: string[] = []
  for (const entry of scenario.entries) {
    const code = await keeper.record(entry)
    if (code !== (entry.refused ?? null)) found.push(`${entry.line}: ${code === null ? 'was recorded' : `was refused with ${code}`}`)
  }
  for (const expectation of scenario.expectations) {
    const actual = await keeper.figure(expectation)
    if (!agrees(expectation, actual)) found.push(`${expectation.line}: is ${JSON.stringify(actual)}`)
  }
  return found
}

/** Money and units to the last digit; ratios to 1e-9. */
function agrees(expectation: Expectation, actual: string | readonly string[]): boolean {
  switch (expectation.figure) {
    case 'lots':
      return typeof actual !== 'string' && actual.join() === expectation.lots.join()
    case 'drafts':
      return typeof actual !== 'string' && actual.join() === expectation.drafts.join()
    case 'holds':
      return equal(actual, expectation.units)
    case 'value':
      if (expectation.amount === null) return actual === `unknown (${expectation.reason})`
      return equal(actual, expectation.stale ? `${expectation.amount}, stale` : expectation.amount)
    case 'cash':
    case 'cost':
    case 'difference':
      return equal(actual, expectation.amount)
    case 'TWR':
    case 'XIRR':
    case 'max drawdown':
      return typeof actual === 'string' && Math.abs(Number(actual) - Number(expectation.value)) < 1e-9
    default:
      return equal(actual, expectation.value)
  }
}

/** The same decimal number, however many zeros stand behind it. */
function equal(actual: string | readonly string[], expected: string): boolean {
  return typeof actual === 'string' && plain(actual) === plain(expected)
}

function plain(figure: string): string {
  const [number = '', ...stale] = figure.split(', ')
  const text = number.includes('.') ? number.replace(/0+$/, '').replace(/\.$/, '') : number
  return [text === '-0' ? '0' : text, ...stale].join(', ')
}
