import '../../testing/browser-parts.ts'
import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { renderApp } from '../../testing/RenderedApp.tsx'
import { me, organisation, people, refused } from '../../testing/sample-people.ts'

const patient = { timeout: 5000 }
const amir = people[1]?.id
const home = {
  '/me': () => me,
  '/organisation': () => organisation,
  '/organisation/people': () => ({ items: people, next: null }),
  '/organisation/invitations': () => ({ items: [], next: null }),
  '/api-keys': () => ({ items: [], next: null }),
}

test('a role is changed in the row, and can be taken back', async () => {
  const given: unknown[] = []
  await renderApp('/settings/organisation', {
    ...home,
    [`/organisation/people/${amir}`]: async (_, request) => {
      given.push(await request.json())
      return people[1]
    },
  })
  await userEvent.selectOptions(await screen.findByLabelText('Role of Amir Karimi', undefined, patient), 'Manager')
  expect(await screen.findByText('Amir Karimi is Manager now, everywhere within a minute')).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Undo' }))
  await waitFor(() => expect(given).toEqual([{ role: 'manager' }, { role: 'analyst' }]))
})

test('nobody disables themselves here, and the last owner stays one, in words', async () => {
  await renderApp('/settings/organisation', { ...home, [`/organisation/people/${me.id}`]: () => refused(409, 'last_owner') })
  const table = await screen.findByRole('table', { name: 'People' }, patient)
  expect(within(table).queryByRole('button', { name: 'Disable Clara Brandt' })).toBeNull()
  expect(within(table).getByRole('button', { name: 'Disable Amir Karimi' })).toBeTruthy()
  await userEvent.selectOptions(screen.getByLabelText('Role of Clara Brandt'), 'Viewer')
  expect((await screen.findByRole('alert')).textContent).toContain('needs an owner')
})

test('somebody who may only read sees people and changes nothing', async () => {
  await renderApp('/settings/organisation', {
    ...home,
    '/me': () => ({ ...me, id: amir, role: 'viewer', permissions: ['book.read', 'market.read', 'organisation.read'] }),
  })
  const table = await screen.findByRole('table', { name: 'People' }, patient)
  expect(within(table).queryByRole('combobox')).toBeNull()
  expect(screen.queryByRole('button', { name: 'Invite somebody' })).toBeNull()
  expect(screen.queryByLabelText('Address or block')).toBeNull()
  expect(screen.queryByRole('link', { name: 'API keys' })).toBeNull()
})

test('an address is added in the version that was seen; locking oneself out is refused in words', async () => {
  const versions: (string | null)[] = []
  await renderApp('/settings/organisation', {
    ...home,
    '/organisation': (_, request) => {
      if (request.method === 'GET') return organisation
      versions.push(request.headers.get('if-match'))
      return refused(403, 'address_not_allowed')
    },
  })
  await userEvent.type(await screen.findByLabelText('Address or block', undefined, patient), '203.0.113.0/24{Enter}')
  expect((await screen.findByRole('alert')).textContent).toContain('lock yourself out')
  expect(versions).toEqual(['"3"'])
})

test('a key is made with scopes in plain words, and its secret is shown once', async () => {
  const made: unknown[] = []
  await renderApp('/settings/api-keys', {
    ...home,
    '/api-keys': async (_, request) => {
      if (request.method === 'GET') return { items: [], next: null }
      made.push(await request.json())
      const key = {
        id: 'k1',
        name: 'Export',
        prefix: 'pe_01',
        scopes: [],
        createdAt: '',
        createdBy: me.id,
        expiresAt: null,
        lastUsedAt: null,
      }
      return { key, secret: 'pe_01_secret' }
    },
  })
  expect(await screen.findByText(/There is no key/, undefined, patient)).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'New key' }))
  await userEvent.type(screen.getByLabelText('Name'), 'Export')
  await userEvent.click(screen.getByLabelText('record transactions'))
  await userEvent.selectOptions(screen.getByLabelText('Good for'), 'ever, until it is revoked')
  await userEvent.click(screen.getByRole('button', { name: 'Make the key' }))
  expect(await screen.findByText('pe_01_secret')).toBeTruthy()
  expect(made).toEqual([{ name: 'Export', scopes: ['book.read', 'market.read', 'book.write'] }])
  await userEvent.click(screen.getByRole('button', { name: 'Done' }))
  expect(screen.queryByText('pe_01_secret')).toBeNull()
})
