import type { Schema } from '@pe/sdk/client.ts'
import { direction, hiddenAmount } from '../../hooks/figure-format.ts'
import { useFormat } from '../../hooks/useFormat.ts'
import { type Explainable, Figure } from './Figure.tsx'
import { Unknown } from './Unknown.tsx'

interface MoneyProps {
  /** An exact decimal text, or a figure of the API that may be unknown. */
  readonly of: string | Schema<'MoneyFigure'>
  /** A change: always with its sign. */
  readonly signed?: boolean
  /** Green or red besides the sign. */
  readonly coloured?: boolean
  readonly places?: number
  readonly className?: string
  readonly explain?: Explainable | undefined
}

/** Amounts of money, everywhere: exact, masked or scrambled when asked, a dash with its reason when unknown. */
export function Money({ of, signed = false, coloured = false, places, className = '', explain }: MoneyProps) {
  const format = useFormat()
  const amount = typeof of === 'string' ? of : of.amount
  if (amount === null) return <Unknown {...(of as Schema<'MoneyFigure'>)} />
  const shown = format.money(amount, { signed, places })
  const sign = coloured ? signClass(direction(amount)) : ''
  return (
    <Figure explain={explain} shown={shown} className={`num ${sign} ${className}`}>
      {format.privacy === 'masked' ? <Dots text={shown} /> : shown}
    </Figure>
  )
}

function Dots({ text }: { text: string }) {
  const sign = text.slice(0, -hiddenAmount.length)
  return (
    <>
      {sign}
      <span className="dots">{hiddenAmount}</span>
    </>
  )
}

/** The class for a gain, a loss, or neither. */
export function signClass(way: -1 | 0 | 1): string {
  return way > 0 ? 'up' : way < 0 ? 'dn' : 'nil'
}
