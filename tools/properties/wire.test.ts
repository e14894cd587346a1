import { outcomeOf } from '@pe/finance/properties/run.fixture.ts'
import { expect, it } from 'vitest'
import { wireProperties } from './wire-properties.ts'

for (const property of wireProperties) it(property.name, { timeout: 60_000 }, () => expect(outcomeOf(property)).toBe('holds'))
