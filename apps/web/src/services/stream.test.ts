import '../testing/browser-parts.ts'
import { screen, within } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { renderApp } from '../testing/RenderedApp.tsx'
import { performance, portfolioId } from '../testing/sample-book.ts'
import { api, type Tag } from './api.ts'
import { followStream } from './stream.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
afterEach(() => void vi.useRealTimers())

/** A line to the server whose other end is the test. */
function line(onStale: (tags: readonly Tag[]) => void) {
  const sockets: Pick<WebSocket, 'onopen' | 'onmessage' | 'onclose' | 'close'>[] = []
  const stop = followStream({
    url: 'ws://localhost/api/v1/stream',
    onStale,
    chance: () => 0,
    open: () => {
      const socket = { onopen: null, onmessage: null, onclose: null, close: () => {} }
      sockets.push(socket)
      return socket as unknown as WebSocket
    },
  })
  const last = () => sockets.at(-1) as unknown as WebSocket
  return {
    stop,
    opened: () => sockets.length,
    opens: () => last().onopen?.(new Event('open')),
    says: (fact: object) => last().onmessage?.(new MessageEvent('message', { data: JSON.stringify(fact) })),
    breaks: () => last().onclose?.(new CloseEvent('close')),
  }
}

test('facts of a burst make answers stale once', () => {
  const stale: (readonly Tag[])[] = []
  const server = line((tags) => stale.push(tags))
  server.opens()
  server.says({ type: 'valuation-changed' })
  server.says({ type: 'transaction-recorded' })
  server.says({ type: 'something-new' })
  expect(stale).toEqual([])
  vi.advanceTimersByTime(250)
  expect(stale).toEqual([['Figures', 'Portfolio', 'Transaction', 'Account']])
  server.stop()
})

test('after a break it connects again and asks anew, since nobody knows what was missed', () => {
  const stale: (readonly Tag[])[] = []
  const server = line((tags) => stale.push(tags))
  server.opens()
  vi.advanceTimersByTime(250)
  expect(stale).toEqual([])
  server.breaks()
  vi.advanceTimersByTime(1000)
  expect(server.opened()).toBe(2)
  server.opens()
  vi.advanceTimersByTime(250)
  expect(stale.flat()).toContain('Figures')
  server.stop()
})

test('a changed valuation is fetched and drawn without a hand', async () => {
  vi.useRealTimers()
  const { statement } = performance
  if (!statement) throw new Error('the sample book has a statement')
  let now: typeof performance = performance
  const { store } = await renderApp('/', { [`/portfolios/${portfolioId}/performance`]: () => now })
  expect(within(await screen.findByLabelText('Period statement')).getByText('+180.00')).toBeTruthy()
  const server = line((tags) => store.dispatch(api.util.invalidateTags([...tags])))
  server.opens()
  now = { ...performance, statement: { ...statement, unrealisedGain: { amount: '191.50', currency: 'EUR' } } }
  server.says({ type: 'valuation-changed', portfolioId })
  expect(await screen.findByText('+191.50')).toBeTruthy()
  server.stop()
})
