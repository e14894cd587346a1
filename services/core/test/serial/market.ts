import type { AppliedAction } from '@pe/contracts/action-applications.ts'
import { addDays } from '@pe/finance/time/plain-date.ts'
import { actionsOfMarket, apple, day, vwce } from '../core-service.ts'

/** The day from which days are counted. */
export const first = day('2026-03-02')

type Terms = Omit<AppliedAction, 'id' | 'accounts'>

const on = (onDay: number) => ({ exDate: addDays(first, onDay), currency: 'EUR' })

/** What companies do in a run: more units, fewer, and units of one instrument that become units of the other, there and back. */
const terms: readonly Terms[] = [
  { kind: 'split', instrumentId: vwce, ratio: { new: '2', old: '1' }, ...on(1) },
  { kind: 'split', instrumentId: vwce, ratio: { new: '1', old: '3' }, fractionPrice: '30', ...on(2) },
  // Thirds of a unit are kept, to as many places as units have.
  { kind: 'split', instrumentId: vwce, ratio: { new: '2', old: '3' }, ...on(1) },
  { kind: 'stock-dividend', instrumentId: vwce, ratio: { new: '1', old: '10' }, ...on(2) },
  { kind: 'spin-off', instrumentId: vwce, intoInstrumentId: apple, ratio: { new: '1', old: '2' }, costShare: '0.2', ...on(1) },
  {
    kind: 'merger',
    instrumentId: vwce,
    intoInstrumentId: apple,
    ratio: { new: '1', old: '2' },
    cashPerUnit: '5',
    costShare: '0.9',
    fractionPrice: '20',
    ...on(2),
  },
  { kind: 'symbol-change', instrumentId: apple, intoInstrumentId: vwce, ...on(2) },
  { kind: 'return-of-capital', instrumentId: vwce, cashPerUnit: '0.25', ...on(1) },
  { kind: 'write-off', instrumentId: apple, ...on(2) },
]

/** By the id under which market has recorded them. */
export const corporateActions: ReadonlyMap<string, Terms> = new Map(
  terms.map((one, at) => [`01900000-0000-7000-8000-0000000d${String(at).padStart(4, '0')}`, one]),
)

export const actionIds = [...corporateActions.keys()]

for (const [id, one] of corporateActions)
  actionsOfMarket.set(id, { ...one, id, note: '', version: 1, recordedAt: '2026-01-01T00:00:00.000Z', removedAt: null })
