import type { ReactNode } from 'react'
import { Provider } from 'react-redux'
import { StepUpContext } from './store/step-up.ts'
import type { Store } from './store/store.ts'

/** What every part of the app stands in. MUI's parts bring their own theme (styles/Themed.tsx). */
export function App({ store, children }: { store: Store; children: ReactNode }) {
  return (
    <Provider store={store}>
      <StepUpContext value={store.stepUp}>{children}</StepUpContext>
    </Provider>
  )
}
