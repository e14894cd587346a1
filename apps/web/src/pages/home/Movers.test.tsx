import '../../testing/browser-parts.ts'
import type { Schema } from '@pe/sdk/client.ts'
import { cleanup, screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { renderApp } from '../../testing/RenderedApp.tsx'
import { movers, portfolioId } from '../../testing/sample-book.ts'

test('what made the result ends with what no instrument made, and says why a row is unknown', async () => {
  const [apple, basf] = movers.movers as [Schema<'Mover'>, Schema<'Mover'>]
  const nobodyKnows = { amount: null, currency: 'EUR', reason: 'missing-close' } as const
  const answer = { ...movers, rest: { amount: '-5.00', currency: 'EUR' }, profit: { amount: '155.00', currency: 'EUR' } }
  await renderApp('/', { [`/portfolios/${portfolioId}/movers`]: () => answer })
  await screen.findByText('Cash and everything else')
  const rows = () => within(screen.getByRole('table', { name: 'What made the result' })).getAllByRole('row')
  expect(rows().map((row) => row.textContent?.replace(/\s/g, ' '))).toEqual([
    expect.stringMatching(/^Apple.*\+165\.00$/),
    expect.stringMatching(/^BASF.*−5\.00$/),
    expect.stringMatching(/^Cash and everything else.*−5\.00$/),
    expect.stringMatching(/^Result.*\+155\.00$/),
  ])
  cleanup()
  const unknown = {
    ...answer,
    movers: [
      { ...apple, profit: nobodyKnows },
      { ...basf, profit: nobodyKnows },
    ],
    rest: nobodyKnows,
    profit: nobodyKnows,
  }
  await renderApp('/', { [`/portfolios/${portfolioId}/movers`]: () => unknown })
  await screen.findByText('Cash and everything else')
  expect(rows().filter((row) => /Unknown: There is no price on or before this day/.test(row.textContent ?? ''))).toHaveLength(4)
  expect(screen.queryByText(/No instrument moved/)).toBeNull()
})
