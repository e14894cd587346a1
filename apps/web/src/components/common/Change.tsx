import type { Schema } from '@pe/sdk/client.ts'
import type { Explainable } from './Figure.tsx'
import { Money } from './Money.tsx'
import { Percent } from './Percent.tsx'

/** A change in money and, beneath or beside it, in per cent: always with its sign and its colour. */
export function Change({ money, ratio, explain }: { money: Schema<'MoneyFigure'>; ratio?: Schema<'RatioFigure'>; explain?: Explainable }) {
  return (
    <span className="change">
      <Money of={money} signed coloured explain={explain} />
      {ratio ? <Percent of={ratio} signed coloured /> : null}
    </span>
  )
}
