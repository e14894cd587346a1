import '../../testing/browser-parts.ts'
import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { renderApp } from '../../testing/RenderedApp.tsx'
import { me, refused, sessions } from '../../testing/sample-people.ts'

const patient = { timeout: 5000 }
const home = { '/me': () => me, '/me/sessions': () => ({ items: sessions }) }
const secret = 'JBSWY3DPEHPK3PXP'

test('a sensitive act waits for the password and is then repeated', async () => {
  let confirmed = false
  const { asked } = await renderApp('/settings/security', {
    ...home,
    '/me/authenticator': () => (confirmed ? { secret, uri: `otpauth://totp/x?secret=${secret}` } : refused(403, 'step_up_needed')),
    '/sign-in/step-up': async (_, request) => {
      confirmed = ((await request.json()) as { password: string }).password === 'right one'
      return confirmed ? { until: '2026-11-20T10:10:00Z' } : refused(401, 'wrong_credentials')
    },
  })
  await userEvent.click(await screen.findByRole('button', { name: 'Set up' }, patient))
  const dialog = await screen.findByRole('dialog', { name: 'Is it you?' }, patient)
  await userEvent.type(within(dialog).getByLabelText('Password'), 'wrong one{Enter}')
  expect((await within(dialog).findByRole('alert')).textContent).toBe('The password is not right.')
  await userEvent.clear(within(dialog).getByLabelText('Password'))
  await userEvent.type(within(dialog).getByLabelText('Password'), 'right one{Enter}')
  expect(await screen.findByText('JBSW Y3DP EHPK 3PXP')).toBeTruthy()
  expect(asked.filter((one) => one === 'POST /me/authenticator')).toHaveLength(2)
})

test('a step-up that is not given leaves everything as it was, and says so', async () => {
  await renderApp('/settings/security', { ...home, '/me/authenticator': () => refused(403, 'step_up_needed') })
  await userEvent.click(await screen.findByRole('button', { name: 'Set up' }, patient))
  const dialog = await screen.findByRole('dialog', { name: 'Is it you?' }, patient)
  await userEvent.click(within(dialog).getByRole('button', { name: 'Cancel' }))
  expect((await screen.findByRole('alert')).textContent).toContain('confirm that it is you')
})

test('an authenticator is scanned or typed, confirmed, and its recovery codes are to be kept', async () => {
  let inUse = false
  await renderApp('/settings/security', {
    ...home,
    '/me': () => ({ ...me, secondFactor: inUse, recoveryCodesLeft: inUse ? 2 : 0 }),
    '/me/authenticator': () => ({ secret, uri: `otpauth://totp/x?secret=${secret}` }),
    '/me/authenticator/confirm': () => {
      inUse = true
      return { recoveryCodes: ['abcd-1', 'efgh-2'] }
    },
  })
  await userEvent.click(await screen.findByRole('button', { name: 'Set up' }, patient))
  expect(await screen.findByRole('img', { name: /QR code/ })).toBeTruthy()
  await userEvent.type(screen.getByLabelText('The code that it shows'), '123456{Enter}')
  expect(await screen.findByText('efgh-2')).toBeTruthy()
  const done = screen.getByRole('button', { name: 'Done' }) as HTMLButtonElement
  expect(done.disabled).toBe(true)
  await userEvent.click(screen.getByRole('checkbox'))
  await userEvent.click(done)
  expect(await screen.findByText(/2 are left/)).toBeTruthy()
  expect(screen.queryByText('efgh-2')).toBeNull()
})

test('a session of another device is ended; this one is not offered', async () => {
  const { asked } = await renderApp('/settings/security', { ...home, [`/me/sessions/${sessions[1]?.id}/end`]: () => ({}) })
  const table = await screen.findByRole('table', { name: 'Sessions' }, patient)
  expect(within(table).queryByRole('button', { name: 'End the session of Firefox on Linux' })).toBeNull()
  await userEvent.click(within(table).getByRole('button', { name: 'End the session of Safari on iPhone' }))
  await waitFor(() => expect(asked).toContain(`POST /me/sessions/${sessions[1]?.id}/end`))
  await waitFor(() => expect(asked.filter((one) => one === 'GET /me/sessions')).toHaveLength(2))
})

test('where nobody is signed in there is nothing to set, and no place of it in Settings', async () => {
  await renderApp('/settings/security')
  expect(await screen.findByText('Nobody is signed in here, so there is nothing to set.', undefined, patient)).toBeTruthy()
  expect(screen.queryByRole('link', { name: 'API keys' })).toBeNull()
})
