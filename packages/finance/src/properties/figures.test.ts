import { describe, expect, it } from 'vitest'
import { figureProperties } from './figure-properties.fixture.ts'
import { outcomeOf } from './run.fixture.ts'

describe('the figures of every random book', () => {
  for (const property of figureProperties) it(property.name, { timeout: 60_000 }, () => expect(outcomeOf(property)).toBe('holds'))
})
