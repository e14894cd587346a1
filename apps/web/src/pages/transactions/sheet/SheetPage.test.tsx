import '../../../testing/browser-parts.ts'
import type { Schema } from '@pe/sdk/client.ts'
import { fireEvent, screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { renderApp } from '../../../testing/RenderedApp.tsx'

const instrument = { id: '01a00000-0000-7000-8000-000000000003', name: 'Apple', symbol: 'AAPL', currency: 'EUR' }
const pasted = [
  'Date\tKind\tAccount\tInstrument\tUnits\tPrice\tGross amount',
  '05.01.2026\tBuy\tDepot Frankfurt\tAAPL\t1\t100\t',
  '06.01.2026\tSell\tDepot Frankfurt\tAAPL\t9999\t100\t',
  '31.02.2026\tDeposit\tDepot Frankfurt\t\t\t\t50',
].join('\n')

test('a line that cannot be read is named with its reason, and the book judges the others', async () => {
  const sent: Schema<'SheetLine'>[][] = []
  await renderApp('/transactions/sheet', {
    '/instruments': () => ({ items: [instrument], next: null }),
    '/transactions': () => ({ items: [], next: null }),
    '/transactions/sheet': async (_: URL, request: Request) => {
      const { lines } = (await request.json()) as { lines: Schema<'SheetLine'>[] }
      sent.push(lines)
      const verdicts = lines.map(({ line, transaction }) =>
        transaction?.kind === 'sell'
          ? { line, result: 'refused', transactionId: null, code: 'not_enough_units', detail: 'holds 13, sells 9999' }
          : { line, result: 'fits', transactionId: null, code: null, detail: null },
      )
      return { saved: false, verdicts, cashBelowZero: [] }
    },
  })
  const grid = await screen.findByRole('grid', {}, { timeout: 15_000 })
  fireEvent.paste(grid, { clipboardData: { getData: () => pasted } })
  expect(await screen.findByText('Line 3, Date “31.02.2026”: This means nothing here')).toBeTruthy()
  await waitFor(() => expect(sent.at(-1)?.map(({ transaction }) => transaction?.kind)).toEqual(['buy', 'sell']), { timeout: 5000 })
  expect((await screen.findByText(/^Line 2: /)).textContent).toMatch(/13/)
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Save all' }).disabled).toBe(true)
})
