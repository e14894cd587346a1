import type { Schema } from '@pe/sdk/client.ts'
import { Money } from '../../components/common/Money.tsx'

/** Proceeds, cost, the currency's part and the gain, each in its column. */
export function Amounts({ of }: { of: Pick<Schema<'GainTotals'>, 'proceeds' | 'cost' | 'currencyGain' | 'gain'> }) {
  return (
    <>
      <td className="n">
        <Money of={of.proceeds} />
      </td>
      <td className="n no-phone">
        <Money of={of.cost} />
      </td>
      <td className="n no-phone">
        <Money of={of.currencyGain} signed />
      </td>
      <td className="n">
        <Money of={of.gain} signed coloured />
      </td>
    </>
  )
}
