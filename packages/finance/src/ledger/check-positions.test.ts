import { describe, expect, it } from 'vitest'
import { currency } from '../money/currency.ts'
import { Decimal } from '../money/decimal.ts'
import { plainDate } from '../time/plain-date.ts'
import { checkPositions, uncoveredEntries, uncoveredRefusal } from './check-positions.ts'
import type { LedgerTransaction, TransactionKind } from './transaction.ts'

const entry = (kind: TransactionKind, units: string, more: Partial<LedgerTransaction> = {}): LedgerTransaction => ({
  id: `${kind} ${units}`,
  kind,
  date: plainDate('2026-03-02'),
  accountId: 'Depot',
  instrumentId: 'VWCE',
  quantity: Decimal.parse(units),
  amount: Decimal.zero,
  currency: currency('EUR'),
  fee: Decimal.zero,
  tax: Decimal.zero,
  ...more,
})
const [strict, shorts] = [{ allowsShorts: () => false }, { allowsShorts: () => true }]
const across = { toAccountId: 'Broker' }

describe('units that leave', () => {
  it('are there: all of them may go, and not one more', () => {
    expect(checkPositions([entry('buy', '2'), entry('sell', '2')], strict)).toEqual({ accepted: true, value: true })
    expect(checkPositions([entry('buy', '2'), entry('sell', '2.01')], strict)).toMatchObject({ refusal: { code: 'not_enough_units' } })
  })

  it('may be owed where an account goes short, but nobody transfers what is not there', () => {
    expect(checkPositions([entry('sell', '2')], shorts).accepted).toBe(true)
    expect(checkPositions([entry('transfer', '2', across)], shorts).accepted).toBe(false)
    expect(
      checkPositions([entry('buy', '2'), entry('transfer', '2', across), entry('sell', '2', { accountId: 'Broker' })], strict).accepted,
    ).toBe(true)
  })

  it('are left out of what follows once they are refused', () => {
    const found = [...uncoveredEntries([entry('buy', '1'), entry('sell', '3'), entry('sell', '1'), entry('sell', '0.5')], strict)]
    expect(found.map(({ entry: one, held, leaving }) => `${one.id}: ${held} held, ${leaving} leave`)).toEqual([
      'sell 3: 1 held, 3 leave',
      'sell 0.5: 0 held, 0.5 leave',
    ])
  })

  it('are looked at only where a change touches them', () => {
    const other = entry('sell', '1', { instrumentId: 'Apple' })
    expect(checkPositions([other, entry('buy', '1')], { ...strict, touchedBy: [entry('buy', '1')] }).accepted).toBe(true)
    expect(checkPositions([other, entry('buy', '1')], strict).accepted).toBe(false)
  })

  it('are judged only of accounts whose whole ledger is at hand: what others sent is there', () => {
    const received = [entry('transfer', '2', { ...across, accountId: 'Sender', toAccountId: 'Depot' }), entry('sell', '2')]
    const known = { ...strict, accounts: new Set(['Depot']) }
    expect(checkPositions(received, strict).accepted).toBe(false)
    expect(checkPositions(received, known).accepted).toBe(true)
    expect(checkPositions([...received, entry('sell', '1')], known).accepted).toBe(false)
  })

  it.each([
    ['sell', {}, 'sold'],
    ['transfer', across, 'transferred'],
    ['delivery-out', {}, 'delivered out'],
  ] as const)('are told in words: %s', (kind, more, verb) => {
    const [found] = uncoveredEntries([entry(kind, '2', more)], strict)
    expect(found && uncoveredRefusal(found).detail).toBe(`on 2026-03-02 account Depot holds 0 of instrument VWCE, but 2 are ${verb}`)
    expect(found && uncoveredRefusal(found, (id) => `“${id}”`).detail).toContain('account “Depot” holds 0 of instrument “VWCE”')
  })
})
