import { createEvent, fireEvent, renderHook } from '@testing-library/react'
import { expect, test } from 'vitest'
import { useDropGuard } from './useDropGuard.ts'

function droppedOnPage(): boolean {
  const drop = createEvent.drop(document.body)
  fireEvent(document.body, drop)
  return drop.defaultPrevented
}

test('a file dropped beside a drop area does not take the browser away from the app', () => {
  expect(droppedOnPage()).toBe(false)
  const { unmount } = renderHook(useDropGuard)
  expect(droppedOnPage()).toBe(true)
  unmount()
  expect(droppedOnPage()).toBe(false)
})
