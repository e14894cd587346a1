import { dateOfDay } from '@pe/finance/time/plain-date.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { datePatterns, isDatePattern, momentIn, readDate } from './read-date.ts'

describe('a date in a file', () => {
  it.each([
    ['2021-09-16', 'yyyy-MM-dd', '2021-09-16'],
    ['16.09.2021', 'dd.MM.yyyy', '2021-09-16'],
    ['6.9.21', 'dd.MM.yy', '2021-09-06'],
    ['9/16/2021', 'MM/dd/yyyy', '2021-09-16'],
    ['20210916', 'yyyyMMdd', '2021-09-16'],
    ['20230403;095853', 'yyyyMMdd', '2023-04-03 09:58:53'],
    ['16-Sep-2021', 'dd-MMM-yyyy', '2021-09-16'],
    ['03 Mrz 2021', 'dd MMM yyyy', '2021-03-03'],
    ['Jan 5, 2024, 1:02:03 PM', 'MMM dd, yyyy', '2024-01-05 13:02:03'],
    ['2024-01-15T00:00', 'yyyy-MM-dd', '2024-01-15'],
    ['2024-01-15 17:30', 'yyyy-MM-dd', '2024-01-15 17:30:00'],
    ['2024-01-15T17:30:05.123456Z', 'yyyy-MM-dd', '2024-01-15 17:30:05'],
  ])('%s by %s', (cell, pattern, moment) => {
    const read = readDate(cell, pattern, 'UTC')
    expect(read && [read.date, read.time].filter(Boolean).join(' ')).toBe(moment)
  })

  it.each([
    ['31.02.2021', 'dd.MM.yyyy'],
    ['<invalid>', 'yyyy-MM-dd'],
    ['16/09/2021', 'MM/dd/yyyy'],
    ['2021-09-16T25:00', 'yyyy-MM-dd'],
    ['2021-09-16 or so', 'yyyy-MM-dd'],
  ])('%s is none by %s', (cell, pattern) => {
    expect(readDate(cell, pattern, 'UTC')).toBeNull()
  })

  it('of a moment is the day in the zone that is asked for', () => {
    expect(momentIn('2021-12-11T23:00:00.000Z', 'Europe/Berlin')).toEqual({ date: '2021-12-12' })
    expect(momentIn('2021-12-11T23:00:00.000Z', 'UTC')).toEqual({ date: '2021-12-11', time: '23:00:00' })
    expect(readDate('2021-12-11T23:00:00+01:00', 'yyyy-MM-dd', 'America/New_York')).toEqual({ date: '2021-12-11', time: '17:00:00' })
  })

  it('comes back from every pattern it is written in', () => {
    const names = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
    fc.assert(
      fc.property(fc.integer({ min: 3653, max: 36_000 }), fc.constantFrom(...datePatterns), (day, pattern) => {
        const date = dateOfDay(day)
        const [year = '', month = '', number = ''] = date.split('-')
        // two digits reach from 1970 to 2069
        if (/(^|[^y])yy($|[^y])/.test(pattern) && year >= '2070') return
        const written = pattern
          .replace('yyyy', year)
          .replace('yy', year.slice(2))
          .replace('MMM', names[Number(month) - 1] ?? '')
          .replace('MM', month)
          .replace('dd', number)
        expect(readDate(written, pattern, 'UTC')?.date).toBe(date)
      }),
      { seed: 20261122, numRuns: 1000 },
    )
  })

  it('makes no day up: 30 February is none, with a time and a zone neither', () => {
    expect(readDate('2026-02-30', 'yyyy-MM-dd', 'UTC')).toBeNull()
    expect(['2026-02-30T00:00:00Z', '2026-02-28T24:30:00Z', '+275760-09-13T00:00:00Z'].map((text) => momentIn(text, 'UTC'))).toEqual([
      null,
      null,
      null,
    ])
    expect(momentIn('2026-02-28T23:30:00-02:00', 'Europe/Berlin')).toEqual({ date: '2026-03-01', time: '02:30:00' })
  })

  it('needs a pattern that names year, month and day', () => {
    expect(['dd.MM.yyyy', 'd.M.yy', "yyyy-MM-dd'T'HH:mm", 'MMM dd, yyyy'].map(isDatePattern)).toEqual([true, true, true, true])
    expect(['MM/yyyy', 'HH:mm', 'whatever'].map(isDatePattern)).toEqual([false, false, false])
  })
})
