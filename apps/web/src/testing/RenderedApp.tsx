import { createClient, type Problem } from '@pe/sdk/client.ts'
import { render } from '@testing-library/react'
import { createMemoryRouter, RouterProvider } from 'react-router'
import { App } from '../App.tsx'
import { routes } from '../routes.tsx'
import { speak } from '../services/language.ts'
import { privacyChosen } from '../store/preferences.ts'
import { createStore } from '../store/store.ts'
import * as book from './sample-book.ts'

type Answers = Record<string, (url: URL, request: Request) => unknown>

/** Path (below /api/v1) to its answer; a Problem (with `status`) is sent as such. */
const sample: Answers = {
  '/about': () => book.about,
  '/portfolios': () => ({ items: [book.portfolio], next: null }),
  '/accounts': () => ({ items: [book.account], next: null }),
  '/instruments': () => ({ items: [], next: null }),
  [`/portfolios/${book.portfolioId}/holdings`]: () => book.holdings,
  [`/portfolios/${book.portfolioId}/performance`]: (url) =>
    url.searchParams.get('explain') === 'true' ? { ...book.performance, trails: book.trails } : book.performance,
  [`/portfolios/${book.portfolioId}/valuations`]: () => book.valuations,
  [`/portfolios/${book.portfolioId}/movers`]: () => book.movers,
  [`/portfolios/${book.portfolioId}/monthly-returns`]: () => book.months,
}

/** The whole app at an address, with a server that answers from the sample book. */
export async function renderApp(address: string, answers: Answers = {}) {
  await speak('en')
  const asked: string[] = []
  const client = createClient({
    baseUrl: 'http://localhost/api/v1',
    fetch: async (request) => {
      const url = new URL(request.url)
      const path = url.pathname.replace('/api/v1', '')
      asked.push(`${request.method} ${path}${url.search}`)
      const answer = { ...sample, ...answers }[path]
      const body = answer
        ? await answer(url, request.clone())
        : ({ type: 'about:blank', title: 'no such path', status: 404, code: 'not_found' } satisfies Problem)
      const status = isProblem(body) ? body.status : 200
      return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })
    },
  })
  const store = createStore(client)
  store.dispatch(privacyChosen('shown'))
  const router = createMemoryRouter(routes, { initialEntries: [address] })
  const view = render(
    <App store={store}>
      <RouterProvider router={router} />
    </App>,
  )
  return { ...view, router, store, asked }
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'status' in body && 'code' in body
}
