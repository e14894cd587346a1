import { useFormat } from '../../hooks/useFormat.ts'

/** Units held; hidden with the amounts, since times a price they tell them. `signed`: a change of units. */
export function Units({ of, signed = false }: { of: string; signed?: boolean }) {
  const format = useFormat()
  const plus = signed && format.privacy !== 'masked' && !of.startsWith('-') ? '+' : ''
  return (
    <span className={format.privacy === 'masked' ? 'num dots' : 'num'}>
      {plus}
      {format.units(of)}
    </span>
  )
}
