import { fitting } from './exact-rounding.ts'
import { transferCode, unitDirections } from './kind-signs.ts'
import type { PackedLedger } from './packed-ledger.ts'

/** The units of one instrument in one account over time: `quantities[i]` holds from `days[i]` until `days[i + 1]`. */
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
  const positions = new Map<number, HeldPosition>()
  const { kinds, days, account, toAccount, instrument, quantity } = ledger
  const move = (holder: number, what: number, units: number, day: number): void => {
    if (accountIn[holder] !== 1 || units === 0) return
    const key = holder * ledger.instruments.length + what
    let position = positions.get(key)
    if (!position) {
      position = { instrument: what, days: [firstDay], quantities: [0] }
      positions.set(key, position)
    }
    const last = position.days.length - 1
    const after = fitting((position.quantities[last] as number) + units)
    if (day <= (position.days[last] as number)) position.quantities[last] = after
    else {
      position.days.push(day)
      position.quantities.push(after)
    }
  }
  for (let i = 0; i < ledger.count; i++) {
    const what = instrument[i] as number
    if (what < 0 || instrumentIn[what] !== 1) continue
    const direction = unitDirections[kinds[i] as number] as number
    if (direction !== 0) move(account[i] as number, what, direction * (quantity[i] as number), days[i] as number)
    else if (kinds[i] === transferCode && (toAccount[i] as number) >= 0) {
      // Units that go nowhere have not gone: postings.ts books both ends or none.
      move(account[i] as number, what, -(quantity[i] as number), days[i] as number)
      move(toAccount[i] as number, what, quantity[i] as number, days[i] as number)
    }
  }
  return [...positions.values()]
}
