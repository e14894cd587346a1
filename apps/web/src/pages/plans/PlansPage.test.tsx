import type { Schema } from '@pe/sdk/client.ts'
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { renderApp } from '../../testing/RenderedApp.tsx'
import { accountId } from '../../testing/sample-book.ts'

const plan: Schema<'Plan'> = {
  ...{ id: 'world', name: 'World, monthly', accountId, cashAccountId: null, kind: 'deposit', instrumentId: null, amount: '250' },
  ...{ currency: 'EUR', fee: '0', rhythm: 'monthly', day: 5, dayRule: 'next-business-day', from: '2026-01-01', until: null, note: '' },
  ...{ drafts: 0, drafted: 9, pausedOn: '2026-09-10', missed: 2, nextDue: null, createdAt: '2026-01-01T00:00:00Z', version: 4 },
}

const running: Schema<'Plan'> = { ...plan, pausedOn: null, missed: 0, nextDue: '2026-12-07' }
const loaded = { timeout: 10_000 }

afterEach(cleanup)

test('a paused plan asks what becomes of the days that passed before it goes on', async () => {
  const sent: unknown[] = []
  let standing = plan
  await renderApp('/plans', {
    '/plans': () => ({ items: [standing], next: null }),
    '/transactions': () => ({ items: [], next: null }),
    '/plans/world/resume': async (_: URL, request: Request) => {
      sent.push(await request.json())
      standing = running
      return running
    },
  })
  expect(await screen.findByText(/paused since/, {}, loaded)).toBeDefined()
  fireEvent.click(screen.getByRole('button', { name: 'Let World, monthly go on' }))
  expect(screen.getByText('2 days of World, monthly have passed during the pause.')).toBeDefined()
  expect(sent).toEqual([])
  fireEvent.click(screen.getByRole('button', { name: 'Leave out, go on from today' }))
  await waitFor(() => expect(sent).toEqual([{ missed: 'leave-out' }]))
  expect(await screen.findByRole('button', { name: 'Pause World, monthly' }, loaded)).toBeDefined()
})
