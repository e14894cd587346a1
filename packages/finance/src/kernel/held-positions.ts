import { fitting } from './exact-rounding.ts'
import { transferCode, unitDirections } from './kind-signs.ts'
import type { PackedLedger } from './packed-ledger.ts'

/**
 * The units of one instrument in all accounts of a scope over time, which is what is rounded once: `quantities[i]` holds from `days[i]`
 * until `days[i + 1]`.
 */
export interface HeldPosition {
  readonly instrument: number
  readonly days: number[]
  /** ×10^scale of the instrument; negative when short. */
  readonly quantities: number[]
}

/**
 * The fold of the ledger into positions, in order of first appearance.
 * @param accountIn 1 for the accounts that count, by index
 * @param instrumentIn 1 for the instruments that count, by index
 * @param firstDay earlier days are folded into the opening quantity, which stands at this day
 */
export function heldPositions(ledger: PackedLedger, accountIn: Uint8Array, instrumentIn: Uint8Array, firstDay: number): HeldPosition[] {
  const positions: (HeldPosition | undefined)[] = new Array(ledger.instruments.length).fill(undefined)
  const held: HeldPosition[] = []
  const { kinds, days, account, toAccount, instrument, quantity } = ledger
  for (let i = 0; i < ledger.count; i++) {
    const what = instrument[i] as number
    if (what < 0 || instrumentIn[what] !== 1) continue
    const inside = accountIn[account[i] as number] === 1 ? 1 : 0
    let direction = (unitDirections[kinds[i] as number] as number) * inside
    // Units that go nowhere have not gone: postings.ts books both ends of a transfer or none.
    if (kinds[i] === transferCode && (toAccount[i] as number) >= 0) direction = (accountIn[toAccount[i] as number] as number) - inside
    const units = direction * (quantity[i] as number)
    if (units === 0) continue
    let position = positions[what]
    if (!position) {
      position = { instrument: what, days: [firstDay], quantities: [0] }
      positions[what] = position
      held.push(position)
    }
    const last = position.days.length - 1
    const after = fitting((position.quantities[last] as number) + units)
    if ((days[i] as number) <= (position.days[last] as number)) position.quantities[last] = after
    else {
      position.days.push(days[i] as number)
      position.quantities.push(after)
    }
  }
  return held
}
