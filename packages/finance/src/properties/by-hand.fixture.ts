import type { LedgerTransaction } from '../ledger/transaction.ts'
import type { Decimal } from '../money/decimal.ts'

/** Places of the whole numbers that a second, simpler reckoning uses. */
const places = 30

/** A decimal as a whole number of 10^-30, read from its text. */
export function scaled(amount: Decimal): bigint {
  const text = amount.toString()
  const [whole = '0', fraction = ''] = text.replace('-', '').split('.')
  if (fraction.length > places) throw new RangeError(`${text} has more than ${places} places`)
  const digits = BigInt(whole + fraction.padEnd(places, '0'))
  return text.startsWith('-') ? -digits : digits
}

export function textOf(amount: bigint): string {
  const digits = (amount < 0n ? -amount : amount).toString().padStart(places + 1, '0')
  const fraction = digits.slice(-places).replace(/0+$/, '')
  const text = fraction === '' ? digits.slice(0, -places) : `${digits.slice(0, -places)}.${fraction}`
  return amount < 0n ? `-${text}` : text
}

/** Account, instrument and change, as a child would note it, with a sign for every kind. */
export function unitsByHand(entry: LedgerTransaction): [string, string, bigint][] {
  const { kind, accountId, toAccountId = '', instrumentId, quantity, into } = entry
  if (!instrumentId || !quantity) return []
  const units = scaled(quantity)
  switch (kind) {
    case 'buy':
    case 'delivery-in':
    case 'split':
      return [[accountId, instrumentId, units]]
    case 'sell':
    case 'delivery-out':
      return [[accountId, instrumentId, -units]]
    case 'transfer':
      return [
        [accountId, instrumentId, -units],
        [toAccountId, instrumentId, units],
      ]
    case 'conversion':
      return [
        [accountId, instrumentId, -units],
        ...(into ? [[accountId, into.instrumentId, scaled(into.quantity)] as [string, string, bigint]] : []),
      ]
    default:
      return []
  }
}
