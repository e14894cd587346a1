import { describe, expect, it } from 'vitest'
import { bookProperties } from './book-properties.fixture.ts'
import { outcomeOf } from './run.fixture.ts'

describe('every random book', () => {
  for (const property of bookProperties) it(property.name, { timeout: 60_000 }, () => expect(outcomeOf(property)).toBe('holds'))
})
