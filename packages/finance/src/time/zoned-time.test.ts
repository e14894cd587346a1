import { describe, expect, it } from 'vitest'
import { instant } from './instant.ts'
import { plainDate } from './plain-date.ts'
import { localTimeIn, momentIn } from './zoned-time.ts'

describe('clock times', () => {
  it('become moments and back, across daylight saving', () => {
    expect(momentIn('Europe/Berlin', plainDate('2026-01-15'), '00:30:00')).toBe('2026-01-14T23:30:00.000Z')
    expect(momentIn('Europe/Berlin', plainDate('2026-07-15'), '00:30:00')).toBe('2026-07-14T22:30:00.000Z')
    expect(momentIn('America/New_York', plainDate('2026-03-31'), '23:00:00')).toBe('2026-04-01T03:00:00.000Z')
    expect(localTimeIn('Asia/Tokyo', instant('2026-03-31T16:00:00Z'))).toEqual({ date: '2026-04-01', time: '01:00:00' })
  })

  it('that come twice mean the first, those that are skipped move on', () => {
    expect(momentIn('Europe/Berlin', plainDate('2026-10-25'), '02:30:00')).toBe('2026-10-25T00:30:00.000Z')
    expect(momentIn('Europe/Berlin', plainDate('2026-03-29'), '02:30:00')).toBe('2026-03-29T01:30:00.000Z')
  })
})
