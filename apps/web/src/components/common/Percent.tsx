import type { Schema } from '@pe/sdk/client.ts'
import { direction } from '../../hooks/figure-format.ts'
import { useFormat } from '../../hooks/useFormat.ts'
import { type Explainable, Figure } from './Figure.tsx'
import { signClass } from './Money.tsx'
import { Unknown } from './Unknown.tsx'

interface PercentProps {
  /** A fraction, or a figure of the API that may be unknown. */
  readonly of: number | Schema<'RatioFigure'>
  readonly signed?: boolean
  readonly coloured?: boolean
  /** With ▲ or ▼: for columns of per cent. */
  readonly arrow?: boolean
  readonly places?: number
  /** Without the sign %, where the head of the column has it. */
  readonly bare?: boolean
  readonly className?: string
  readonly explain?: Explainable | undefined
}

/** Returns, weights, volatilities: never hidden, since they tell no amount. */
export function Percent({
  of,
  signed = false,
  coloured = false,
  arrow = false,
  places,
  bare = false,
  className = '',
  explain,
}: PercentProps) {
  const format = useFormat()
  const value = typeof of === 'number' ? of : of.value
  if (value === null) return <Unknown {...(of as Schema<'RatioFigure'>)} />
  const shown = format.percent(value, { signed, places, unit: !bare })
  const way = direction(value)
  return (
    <Figure
      explain={explain}
      shown={shown}
      className={`num ${coloured ? signClass(way) : ''} ${arrow && way !== 0 ? 'ar' : ''} ${className}`}
    >
      {shown}
    </Figure>
  )
}
