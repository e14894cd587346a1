import { describe, expect, it } from 'vitest'
import { lotProperties } from './lot-properties.fixture.ts'
import { outcomeOf } from './run.fixture.ts'

describe('the lots of every random book', () => {
  for (const property of lotProperties) it(property.name, { timeout: 60_000 }, () => expect(outcomeOf(property)).toBe('holds'))
})
