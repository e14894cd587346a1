import { useFormat } from '../../hooks/useFormat.ts'

/** Units held; hidden with the amounts, since times a price they tell them. */
export function Units({ of }: { of: string }) {
  const format = useFormat()
  return <span className={format.privacy === 'masked' ? 'num dots' : 'num'}>{format.units(of)}</span>
}
