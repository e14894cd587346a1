import { describe, expect, it } from 'vitest'
import { currency } from '../money/currency.ts'
import { Decimal } from '../money/decimal.ts'
import { plainDate } from '../time/plain-date.ts'
import { checkAction } from './check-action.ts'
import type { ActionKind, CorporateAction } from './corporate-action.ts'

const d = Decimal.parse
const ratio = (after: string, before: string) => ({ new: d(after), old: d(before) })

function verdict(kind: ActionKind, terms: Partial<CorporateAction>): string {
  const outcome = checkAction({ id: 'a', kind, instrumentId: 'OLD', exDate: plainDate('2026-03-02'), currency: currency('EUR'), ...terms })
  return outcome.accepted ? 'accepted' : outcome.refusal.code
}

describe('terms', () => {
  it.each<[ActionKind, Partial<CorporateAction>, string]>([
    ['split', { ratio: ratio('2', '1') }, 'accepted'],
    ['split', { ratio: ratio('0', '1') }, 'not_positive'],
    ['split', { ratio: ratio('1', '0') }, 'not_positive'],
    ['split', { ratio: ratio('-2', '1') }, 'not_positive'],
    ['split', {}, 'field_missing'],
    ['split', { ratio: ratio('2', '1'), intoInstrumentId: 'NEW' }, 'field_not_allowed'],
    ['split', { ratio: ratio('0.1234567890123456789', '1') }, 'too_precise'],
    ['split', { ratio: ratio('1', '10'), fractionPrice: d('-1') }, 'not_positive'],
    ['spin-off', { ratio: ratio('1', '5'), intoInstrumentId: 'NEW', costShare: d('0.2') }, 'accepted'],
    ['spin-off', { ratio: ratio('1', '5'), intoInstrumentId: 'NEW', costShare: d('1.01') }, 'cost_share_out_of_range'],
    ['spin-off', { ratio: ratio('1', '5'), intoInstrumentId: 'NEW', costShare: d('-0.1') }, 'cost_share_out_of_range'],
    ['spin-off', { ratio: ratio('1', '5'), intoInstrumentId: 'NEW' }, 'field_missing'],
    ['spin-off', { ratio: ratio('1', '5'), intoInstrumentId: 'OLD', costShare: d('0.2') }, 'field_not_allowed'],
    ['merger', {}, 'field_missing'],
    ['merger', { intoInstrumentId: 'NEW' }, 'field_missing'],
    ['merger', { cashPerUnit: d('12') }, 'accepted'],
    ['merger', { ratio: ratio('1', '2'), intoInstrumentId: 'NEW' }, 'accepted'],
    ['merger', { ratio: ratio('1', '2'), intoInstrumentId: 'NEW', cashPerUnit: d('12') }, 'field_missing'],
    ['return-of-capital', { cashPerUnit: d('0') }, 'not_positive'],
    ['write-off', { cashPerUnit: d('1') }, 'field_not_allowed'],
    ['symbol-change', { intoInstrumentId: 'NEW' }, 'accepted'],
  ])('%s %j: %s', (kind, terms, expected) => {
    expect(verdict(kind, terms)).toBe(expected)
  })
})
