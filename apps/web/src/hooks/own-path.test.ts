import { expect, test } from 'vitest'
import { ownPath, signInFrom } from './own-path.ts'

test.each([
  ['/holdings?portfolio=1&period=MAX#top', '/holdings?portfolio=1&period=MAX#top'],
  ['/', '/'],
  ['/transactions/../settings', '/settings'],
])('a path of this app is gone back to: %s', (asked, path) => {
  expect(ownPath(asked)).toBe(path)
})

test.each([
  null,
  '',
  'https://evil.example/',
  '//evil.example/',
  '/\\evil.example',
  '/\t/evil.example',
  '/.//evil.example',
  '/a/..//evil.example',
  'javascript:alert(1)',
  'holdings',
  '/sign-in?to=/',
])('anything else leads Home: %j', (asked) => {
  expect(ownPath(asked)).toBe('/')
})

test('the sign-in remembers where somebody was', () => {
  expect(signInFrom({ pathname: '/holdings', search: '?a=1&b=2', hash: '' })).toBe('/sign-in?to=%2Fholdings%3Fa%3D1%26b%3D2')
  expect(ownPath(new URL('https://x.example/sign-in?to=%2Fholdings%3Fa%3D1%26b%3D2').searchParams.get('to'))).toBe('/holdings?a=1&b=2')
})
