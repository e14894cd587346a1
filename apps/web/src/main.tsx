import '@fontsource-variable/inter/opsz.css'
import './styles/tokens.css'
import './styles/look.css'
import './styles/web.css'
import { createClient } from '@pe/sdk/client.ts'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createBrowserRouter, RouterProvider } from 'react-router'
import { App } from './App.tsx'
import { routes } from './routes.tsx'
import { api } from './services/api.ts'
import { identityApi } from './services/identity-api.ts'
import { speak } from './services/language.ts'
import { portfolioApi } from './services/portfolio-api.ts'
import { followStream } from './services/stream.ts'
import { keepPreferences } from './store/preferences.ts'
import { createStore } from './store/store.ts'

const store = createStore(createClient({ baseUrl: '/api/v1' }))
let preferences = store.getState().preferences
keepPreferences(preferences)
// Asked before there is anything to draw: whether somebody is signed in, and for what.
store.dispatch(identityApi.endpoints.me.initiate())
const firstAnswer = store.dispatch(portfolioApi.endpoints.portfolios.initiate())
store.subscribe(() => {
  const next = store.getState().preferences
  if (next === preferences) return
  if (next.language !== preferences.language) speak(next.language)
  preferences = next
  keepPreferences(next)
})

const listen = () =>
  followStream({
    url: `${location.origin.replace(/^http/, 'ws')}/api/v1/stream`,
    onStale: (tags) => store.dispatch(api.util.invalidateTags([...tags])),
    chance: Math.random,
  })
// Nobody listens while the server wants a sign-in; whoever comes in listens at once.
let stopListening: (() => void) | null = null
const listenWhileOpen = () => {
  const open = store.getState().identity.standing === 'open'
  if (open && !stopListening) stopListening = listen()
  if (!open && stopListening) {
    stopListening()
    stopListening = null
  }
}
firstAnswer.then(() => {
  listenWhileOpen()
  store.subscribe(listenWhileOpen)
})

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
await speak(preferences.language)
createRoot(root).render(
  <StrictMode>
    <App store={store}>
      <RouterProvider router={createBrowserRouter(routes)} />
    </App>
  </StrictMode>,
)
