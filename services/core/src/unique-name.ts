import { Refused } from '@pe/platform/http/refused.ts'

const uniqueViolation = '23505'
const uniqueNames = new Set(['account_name', 'portfolio_name', 'taxonomy_name'])

/** Runs a save; a name that another one has by now is refused as `name_taken`. */
export async function orRefuseName<R>(name: string | undefined, save: () => Promise<R>): Promise<R> {
  try {
    return await save()
  } catch (thrown) {
    const taken = thrown instanceof Error && 'code' in thrown && thrown.code === uniqueViolation && 'constraint' in thrown
    if (taken && uniqueNames.has(String(thrown.constraint))) {
      throw new Refused('name_taken', `there is one called ${name} already`)
    }
    throw thrown
  }
}
