import { describe, expect, it } from 'vitest'
import { checkedTerms, emptyTerms, misreadTerms, shownTerms, type TermValues, termsIn } from './action-terms.ts'

const typed = (more: Partial<TermValues>): TermValues => ({ ...emptyTerms('old', '2026-03-02'), ...more })

describe('terms as they are typed', () => {
  it('are told what is wrong with them by finance', () => {
    const verdict = (more: Partial<TermValues>) => checkedTerms(typed(more), 'EUR', 'en-GB').refusal?.code ?? 'accepted'
    expect(verdict({ newUnits: '2', oldUnits: '1' })).toBe('accepted')
    expect(verdict({ newUnits: '0', oldUnits: '1' })).toBe('not_positive')
    expect(verdict({ newUnits: '2' })).toBe('field_missing')
    expect(verdict({ instrumentId: '', newUnits: '2', oldUnits: '1' })).toBe('instrument_missing')
    const spinOff = { kind: 'spin-off', newUnits: '1', oldUnits: '5', intoInstrumentId: 'new' } as const
    expect(verdict({ ...spinOff, costShare: '20' })).toBe('accepted')
    expect(verdict({ ...spinOff, costShare: '120' })).toBe('cost_share_out_of_range')
  })

  it('are sent exactly, without what the kind does not take, and read back as they were typed', () => {
    const values = typed({ kind: 'spin-off', newUnits: '1', oldUnits: '3', intoInstrumentId: 'new', costShare: '12,5', cashPerUnit: '9' })
    const { terms } = checkedTerms(values, 'EUR', 'de-DE')
    expect(terms).toEqual({
      kind: 'spin-off',
      instrumentId: 'old',
      exDate: '2026-03-02',
      currency: 'EUR',
      ratio: { new: '1', old: '3' },
      intoInstrumentId: 'new',
      costShare: '0.125',
    })
    const action = { id: 'a', note: '', recordedAt: '', removedAt: null, version: 1, ...terms } as Parameters<typeof termsIn>[0]
    expect(termsIn(action, (text) => text.replace('.', ','))).toEqual({ ...values, cashPerUnit: '' })
  })

  it('that nobody can read are named', () => {
    expect(misreadTerms(typed({ newUnits: 'two', cashPerUnit: 'x' }), 'en-GB')).toEqual(['newUnits'])
    expect(shownTerms('write-off')).toMatchObject({ newUnits: false, cashPerUnit: false, intoInstrumentId: false })
  })
})
