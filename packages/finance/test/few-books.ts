import { describe, expect, it } from 'vitest'
import { bookProperties } from '../src/properties/book-properties.fixture.ts'
import { figureProperties } from '../src/properties/figure-properties.fixture.ts'
import { lotProperties } from '../src/properties/lot-properties.fixture.ts'
import { outcomeOf } from '../src/properties/run.fixture.ts'

/** The laws on as few books as find a mistake: mutation testing asks them thousands of times (tools/mutation). */
const few = 60

describe('on a few random books', () => {
  for (const property of [...bookProperties, ...lotProperties, ...figureProperties])
    it(property.name, () => expect(outcomeOf(property, few)).toBe('holds'))
})
