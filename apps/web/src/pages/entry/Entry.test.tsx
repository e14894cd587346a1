import '../../testing/browser-parts.ts'
import { screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { renderApp } from '../../testing/RenderedApp.tsx'
import { portfolio } from '../../testing/sample-book.ts'
import { me, refused } from '../../testing/sample-people.ts'

const patient = { timeout: 5000 }
const link = 'abcdefghijklmnopqrstuvwxyz'

/** A server that lets nobody in before `enter`. */
function door() {
  let inside = false
  const shut = () => refused(401, 'unauthenticated')
  return {
    enter: () => {
      inside = true
      return { state: 'signed-in', me }
    },
    answers: {
      '/me': () => (inside ? me : shut()),
      '/set-up': () => ({ needed: false }),
      '/portfolios': () => (inside ? { items: [portfolio], next: null } : shut()),
    },
  }
}

async function typed(email: string, password: string) {
  await userEvent.type(await screen.findByLabelText('E-mail', undefined, patient), email)
  await userEvent.type(screen.getByLabelText('Password'), password)
  await userEvent.click(screen.getByRole('button', { name: 'Sign in' }))
}

test('while the door stands open nobody is asked who they are', async () => {
  const { router } = await renderApp('/', { '/me': () => refused(401, 'unauthenticated') })
  expect(await screen.findByLabelText('Period statement', undefined, patient)).toBeTruthy()
  expect(router.state.location.pathname).toBe('/')
})

test('once the server wants a sign-in, one is asked for, and one is back where one was', async () => {
  const { answers, enter } = door()
  const { router } = await renderApp('/holdings?sort=instrument-asc', { ...answers, '/sign-in': enter })
  await typed('clara@brandt.example', 'brown kettle sings')
  expect(await screen.findByRole('table', { name: 'Holdings' }, patient)).toBeTruthy()
  expect(router.state.location.pathname + router.state.location.search).toBe('/holdings?sort=instrument-asc')
  expect(await screen.findByRole('button', { name: /Clara Brandt/ })).toBeTruthy()
})

test('a link to another site is no place to go back to', async () => {
  const { answers, enter } = door()
  const { router } = await renderApp('/sign-in?to=%2F%2Fevil.example%2F', { ...answers, '/sign-in': enter })
  await typed('clara@brandt.example', 'brown kettle sings')
  await waitFor(() => expect(router.state.location.pathname).toBe('/'), patient)
})

test('wrong credentials and too many attempts are told in words, and the e-mail stays', async () => {
  let answer = refused(401, 'wrong_credentials')
  await renderApp('/sign-in', { ...door().answers, '/sign-in': () => answer })
  await typed('clara@brandt.example', 'no')
  expect((await screen.findByRole('alert')).textContent).toBe('E-mail or password is not right. Check both, then try again.')
  expect((screen.getByLabelText('E-mail') as HTMLInputElement).value).toBe('clara@brandt.example')
  expect((screen.getByLabelText('Password') as HTMLInputElement).value).toBe('')
  answer = refused(429, 'too_many_requests')
  await userEvent.type(screen.getByLabelText('Password'), 'no{Enter}')
  await waitFor(() => expect(screen.getByRole('alert').textContent).toContain('Too many attempts'))
})

test('a second factor is asked for, and a recovery code does as well', async () => {
  const { answers, enter } = door()
  const given: string[] = []
  await renderApp('/sign-in', {
    ...answers,
    '/sign-in': () => ({ state: 'second-factor', me: null }),
    '/sign-in/second-factor': async (_, request) => {
      given.push(((await request.json()) as { code: string }).code)
      return given.length === 1 ? refused(401, 'wrong_credentials') : enter()
    },
  })
  await typed('clara@brandt.example', 'brown kettle sings')
  await userEvent.type(await screen.findByLabelText('Code', undefined, patient), '123 456{Enter}')
  expect((await screen.findByRole('alert')).textContent).toContain('not right, or it was used already')
  await userEvent.click(screen.getByRole('button', { name: 'Use a recovery code' }))
  await userEvent.type(screen.getByLabelText('Recovery code'), 'abcd-efgh{Enter}')
  expect(await screen.findByLabelText('Period statement', undefined, patient)).toBeTruthy()
  expect(given).toEqual(['123456', 'abcd-efgh'])
})

test('the token of a link leaves the address at once and is what the server gets', async () => {
  const { answers, enter } = door()
  const sent: unknown[] = []
  const { router } = await renderApp(`/set-up?token=${link}`, {
    ...answers,
    '/set-up': async (_, request) => {
      if (request.method === 'GET') return { needed: true }
      sent.push(await request.json())
      return enter()
    },
  })
  expect(await screen.findByRole('heading', { name: 'Set up' }, patient)).toBeTruthy()
  expect(router.state.location.search).toBe('')
  await userEvent.type(screen.getByLabelText('Your name'), 'Clara Brandt')
  await userEvent.type(screen.getByLabelText('Organisation'), 'Brandt')
  await userEvent.type(screen.getByLabelText('E-mail'), 'clara@brandt.example')
  await userEvent.type(screen.getByLabelText('Password'), 'brown kettle sings')
  expect(screen.getByText('Strong.')).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Set up and go on' }))
  expect(await screen.findByRole('heading', { name: 'How do you want to begin?' }, patient)).toBeTruthy()
  expect(sent).toEqual([
    {
      ...{ token: link, name: 'Clara Brandt', organisation: 'Brandt', email: 'clara@brandt.example', password: 'brown kettle sings' },
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    },
  ])
})

test('beginning by hand opens an account and a portfolio with currency and cost method', async () => {
  const made: unknown[] = []
  const keep = (answer: unknown) => async (_: URL, request: Request) => {
    if (request.method === 'GET') return { items: [], next: null }
    made.push(await request.json())
    return answer
  }
  const { router } = await renderApp('/welcome', {
    '/me': () => me,
    '/accounts': keep({ id: 'a1' }),
    '/portfolios': keep({ id: 'p1' }),
  })
  await userEvent.click(await screen.findByRole('radio', { name: /Enter by hand/ }, patient))
  await userEvent.type(screen.getByLabelText('First account'), 'Depot')
  await userEvent.selectOptions(screen.getByLabelText('Base currency'), 'CHF')
  await userEvent.selectOptions(screen.getByLabelText('Cost method'), 'at average cost')
  await userEvent.click(screen.getByRole('button', { name: 'Go on to the first transaction' }))
  await waitFor(() => expect(router.state.location.pathname + router.state.location.search).toBe('/transactions?portfolio=p1&new=1'))
  expect(made).toEqual([
    { name: 'Depot', currency: 'CHF' },
    { name: 'My portfolio', baseCurrency: 'CHF', costMethod: 'average-cost', accountIds: ['a1'] },
  ])
})

test('asking for a reset says the same whoever asks, and a spent link leads to asking again', async () => {
  const { unmount } = await renderApp('/reset-password', { ...door().answers, '/password-resets': () => ({}) })
  await userEvent.type(await screen.findByLabelText('E-mail', undefined, patient), 'nobody@brandt.example{Enter}')
  expect(await screen.findByText(/If somebody signs in as nobody@brandt.example here/)).toBeTruthy()
  unmount()
  await renderApp(`/reset-password?token=${link}`, { ...door().answers, '/password-resets/finish': () => refused(410, 'token_spent') })
  await userEvent.type(await screen.findByLabelText('New password', undefined, patient), 'brown kettle sings{Enter}')
  expect((await screen.findByRole('alert')).textContent).toContain('used or has run out')
  await userEvent.click(screen.getByRole('button', { name: 'Ask for a new link' }))
  expect(await screen.findByRole('heading', { name: 'Forgotten password' })).toBeTruthy()
})

test('the link that confirms an e-mail is redeemed once, as it opens', async () => {
  const { asked } = await renderApp(`/verify-email?token=${link}`, { ...door().answers, '/email-verifications/finish': () => ({}) })
  expect(await screen.findByRole('heading', { name: 'Your e-mail is confirmed' }, patient)).toBeTruthy()
  expect(asked.filter((one) => one.startsWith('POST'))).toEqual(['POST /email-verifications/finish'])
})

test('an invitation that was taken back says whom to ask', async () => {
  await renderApp(`/invitation?token=${link}`, { ...door().answers, '/invitations/accept': () => refused(410, 'token_spent') })
  await userEvent.type(await screen.findByLabelText('Your name', undefined, patient), 'Amir')
  await userEvent.type(screen.getByLabelText('Password'), 'brown kettle sings{Enter}')
  expect((await screen.findByRole('alert')).textContent).toContain('Ask whoever invited you')
})

test('whoever signs out stands at the door, and nothing of them stays known', async () => {
  const { answers } = door()
  let inside = true
  const { router, store } = await renderApp('/holdings', {
    ...answers,
    '/me': () => (inside ? me : refused(401, 'unauthenticated')),
    '/portfolios': () => (inside ? { items: [portfolio], next: null } : refused(401, 'unauthenticated')),
    '/sign-out': () => {
      inside = false
      return {}
    },
  })
  await userEvent.click(await screen.findByRole('button', { name: /Clara Brandt/ }, patient))
  await userEvent.click(await screen.findByRole('button', { name: 'Sign out' }, patient))
  expect(await screen.findByRole('heading', { name: 'Sign in' }, patient)).toBeTruthy()
  expect(router.state.location.pathname + router.state.location.search).toBe('/sign-in')
  expect(JSON.stringify(store.getState())).not.toContain('Family book')
})
