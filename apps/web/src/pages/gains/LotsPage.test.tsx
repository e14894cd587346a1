import '../../testing/browser-parts.ts'
import { fireEvent, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { renderApp } from '../../testing/RenderedApp.tsx'
import { accountId, portfolioId } from '../../testing/sample-book.ts'

const eur = (amount: string) => ({ amount, currency: 'EUR' })
const taking = (leftBy: string, date: string) => ({
  ...{ kind: 'sale', leftBy, transactionId: date, place: 0, accountId, account: 'Depot', date, units: '1', days: 30, term: 'short' },
  ...{ proceeds: eur('60'), cost: eur('50'), gain: eur('10'), currencyGain: eur('0') },
})
const lot = (instrument: string, takings: readonly unknown[]) => ({
  ...{ lotId: 'l1', instrumentId: instrument, instrument, symbol: null, instrumentCurrency: 'EUR', acquiredOn: '2026-01-05' },
  ...{ cameBy: 'buy', unitsBought: '5', units: '3', held: [{ accountId, account: 'Depot', units: '3' }], cost: eur('150'), days: 90 },
  ...{ accounts: [{ accountId, account: 'Depot' }], terms: ['short'], takings },
})

test('units that left by a delivery are not called a sale', async () => {
  const items = [
    lot('Sold only', [taking('sell', '2026-02-02')]),
    lot('Delivered', [taking('sell', '2026-02-02'), taking('delivery-out', '2026-03-02')]),
  ]
  const lots = { asOf: '2026-11-20', currency: 'EUR', costMethod: 'fifo', lotScope: 'account', openCount: 2, closedCount: 0 }
  await renderApp('/lots', { [`/portfolios/${portfolioId}/lots`]: () => ({ ...lots, items, next: null }) })
  expect((await screen.findByRole('button', { name: /of Sold only/ }, { timeout: 15_000 })).textContent).toBe('1 sale')
  const delivered = screen.getByRole('button', { name: /of Delivered/ })
  expect(delivered.textContent).toBe('1 × sale, 1 × Delivery out')
  fireEvent.click(delivered)
  expect(screen.getByText('Delivery out', { selector: 'tr.lot td' })).toBeTruthy()
})
