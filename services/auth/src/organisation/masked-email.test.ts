import { expect, it } from 'vitest'
import { maskedEmail } from './masked-email.ts'

it.each([
  ['ada@example.org', 'a•••@example.org'],
  ['a@example.org', 'a•••@example.org'],
  ['🦊fox@example.org', '🦊•••@example.org'],
  ['@example.org', '•••@example.org'],
  ['nothing', '•••'],
])('%s is seen as %s', (email, masked) => {
  expect(maskedEmail(email)).toBe(masked)
})
