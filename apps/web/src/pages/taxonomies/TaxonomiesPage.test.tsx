import type { Schema } from '@pe/sdk/client.ts'
import { cleanup, fireEvent, screen, within } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { renderApp } from '../../testing/RenderedApp.tsx'
import { portfolioId } from '../../testing/sample-book.ts'

const node = (id: string, parentId: string | null) => ({ id, parentId, name: id, description: '', colour: null })
const own = { id: 'kinds', name: 'Kinds', note: '', createdAt: '2026-01-01T00:00:00Z', version: 3 }
const taxonomy: Schema<'Taxonomy'> = {
  ...own,
  nodes: [node('Equity', null), node('Europe', 'Equity'), node('Cash', null)],
  assignments: [{ kind: 'instrument', objectId: 'fund', nodeId: 'Europe', weight: '60' }],
}
const eur = (amount: string | null): Schema<'MoneyFigure'> =>
  amount === null ? { amount, currency: 'EUR', reason: 'missing-close', detail: 'no close of it' } : { amount, currency: 'EUR' }
const values: Schema<'TaxonomyValues'> = {
  ...{ asOf: '2026-11-20', currency: 'EUR', taxonomyId: 'kinds', taxonomyVersion: 3 },
  nodes: [
    { nodeId: 'Equity', own: eur('0'), value: eur('600'), share: { value: 0.6 } },
    { nodeId: 'Europe', own: eur('600'), value: eur('600'), share: { value: 0.6 } },
    { nodeId: 'Cash', own: eur('0'), value: eur('0'), share: { value: 0 } },
  ],
  unclassified: { value: eur(null), share: { value: null, reason: 'missing-close' } },
  total: eur(null),
  warnings: [],
  parts: [
    { kind: 'instrument', objectId: 'fund', name: 'World fund', value: eur('1000'), unclassified: '40' },
    { kind: 'account', objectId: 'depot', name: 'Depot', value: eur(null), unclassified: '100' },
  ],
}
const answers = {
  '/taxonomies': () => ({ items: [{ ...own, nodeCount: 3, objectCount: 1 }], next: null }),
  '/taxonomies/kinds': () => taxonomy,
  [`/portfolios/${portfolioId}/taxonomies/kinds/values`]: () => values,
  '/taxonomies/kinds/assignments/instrument/fund': () => taxonomy,
  '/taxonomies/kinds/nodes/Cash': () => taxonomy,
}
/** What is loaded when it is first asked for may take a while. */
const loaded = { timeout: 10_000 }
const row = async (name: string) => (await screen.findByText(name, { selector: 'b' }, loaded)).closest('tr') as HTMLElement

afterEach(cleanup)

test('the tree shows what stands in each node; what is in none is listed, an unknown value as a dash', async () => {
  await renderApp('/taxonomies', answers)
  expect(within(await row('Equity')).getByText('60.00 %')).toBeDefined()
  expect(screen.getAllByText('World fund')).toHaveLength(2)
  expect(screen.getByText('Cash: Depot').closest('li')?.textContent).toContain('—')
  fireEvent.click(screen.getByRole('button', { name: 'Hide what stands below Equity' }))
  expect(screen.queryByText('Europe')).toBeNull()
})

test('weights are typed; more than the whole cannot be saved', async () => {
  const { asked } = await renderApp('/taxonomies', answers)
  fireEvent.click((await screen.findAllByRole('button', { name: 'Sort World fund' }, loaded))[0] as HTMLElement)
  const drawer = await screen.findByRole('dialog', { name: 'Sort World fund' }, loaded)
  const percent = within(drawer).getByRole('textbox', { name: 'Percent in Equity › Europe' })
  fireEvent.change(percent, { target: { value: '120' } })
  expect(within(drawer).getByRole('status').textContent).toMatch(/20\.00\s% too much/)
  expect((within(drawer).getByRole('button', { name: 'Save' }) as HTMLButtonElement).disabled).toBe(true)
  fireEvent.change(percent, { target: { value: '75.5' } })
  expect(within(drawer).getByRole('status').textContent).toMatch(/24\.50\s% unclassified/)
  fireEvent.click(within(drawer).getByRole('button', { name: 'Save' }))
  await screen.findByText('World fund is sorted', {}, loaded)
  expect(asked).toContain('PUT /taxonomies/kinds/assignments/instrument/fund')
})

test('what is dropped on a node is sorted into it, and a node moves below another, by drag or by its menu', async () => {
  const { asked } = await renderApp('/taxonomies', answers)
  const dropped = (dragged: object) => ({
    dataTransfer: { types: ['application/x-classified'], getData: () => JSON.stringify(dragged), setData: () => {} },
  })
  fireEvent.drop(await row('Cash'), dropped({ type: 'part', kind: 'instrument', objectId: 'fund', from: null }))
  await screen.findByText('World fund is sorted', {}, loaded)
  fireEvent.drop(await row('Europe'), dropped({ type: 'node', nodeId: 'Cash' }))
  await screen.findByText('Moved', {}, loaded)
  expect(asked.filter((line) => !line.startsWith('GET'))).toEqual([
    'PUT /taxonomies/kinds/assignments/instrument/fund',
    'PATCH /taxonomies/kinds/nodes/Cash',
  ])
  fireEvent.click(screen.getByRole('button', { name: 'What to do with Cash' }))
  fireEvent.click(await screen.findByRole('button', { name: 'Up by one' }, loaded))
  await expect.poll(() => asked.filter((line) => line.startsWith('PATCH')).length).toBe(2)
})
