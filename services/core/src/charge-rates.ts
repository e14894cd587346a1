import type { Call } from '@pe/contracts/actor.ts'
import type { NewTransaction } from '@pe/contracts/transactions.ts'
import type { Converter } from '@pe/finance/prices/converter.ts'
import { converterBetween } from './cash.ts'
import type { CoreDeps } from './core-deps.ts'

type Charged = Pick<NewTransaction, 'charges'> & { readonly currency?: string | undefined }

/** The market's rates that charges of these statements need: of parts in another currency that state no rate. Asked once for all. */
export async function chargeRates(core: CoreDeps, call: Call, statements: Iterable<Charged>): Promise<Converter> {
  const currencies = new Set<string>()
  for (const { charges = [], currency } of statements) {
    for (const part of charges) {
      if (part.rate !== undefined || currency === undefined || part.currency === currency) continue
      currencies.add(part.currency).add(currency)
    }
  }
  return await converterBetween(core, call, currencies)
}
