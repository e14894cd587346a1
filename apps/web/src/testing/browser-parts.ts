import { cleanup } from '@testing-library/react'
import { afterEach, vi } from 'vitest'

// What jsdom lacks and our parts ask for: sizes and a canvas. The chart is looked at in a real browser (e2e).
class NoSizes implements ResizeObserver {
  observe() {}
  unobserve() {}
  disconnect() {}
}
globalThis.ResizeObserver ??= NoSizes
window.scrollTo = () => {}
window.matchMedia ??= (media) =>
  ({ media, matches: false, addEventListener: () => {}, removeEventListener: () => {} }) as unknown as MediaQueryList
vi.mock('../components/analytics/LineCanvas.tsx', () => ({ default: () => null }))
afterEach(cleanup)
