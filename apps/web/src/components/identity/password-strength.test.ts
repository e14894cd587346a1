import { expect, test } from 'vitest'
import { passwordStrength } from './password-strength.ts'

test.each([
  ['', 'empty'],
  ['Ab3$xY9', 'short'],
  ['aaaaaaaaaaaaaaaa', 'weak'],
  ['123456789012345', 'weak'],
  ['abcdefghijklmn', 'weak'],
  ['brown kettle', 'fair'],
  ['brown kettle sings at noon', 'strong'],
  ['qX7#vLp2!mZ9w', 'strong'],
])('%j is %s', (password, strength) => {
  expect(passwordStrength(password)).toBe(strength)
})

test('what stands in the form already makes no password stronger', () => {
  expect(passwordStrength('clarabrandtclara')).toBe('fair')
  expect(passwordStrength('clarabrandtclara', ['Clara Brandt', 'clara@brandt.example'])).toBe('weak')
})
