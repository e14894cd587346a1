import type { ReactNode } from 'react'
import { Provider } from 'react-redux'
import type { Store } from './store/store.ts'

/** What every part of the app stands in. MUI's parts bring their own theme (styles/Themed.tsx). */
export function App({ store, children }: { store: Store; children: ReactNode }) {
  return <Provider store={store}>{children}</Provider>
}
