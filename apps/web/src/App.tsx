import type { EmotionCache } from '@emotion/cache'
import { CacheProvider } from '@emotion/react'
import { ThemeProvider } from '@mui/material/styles'
import type { ReactNode } from 'react'
import { Provider } from 'react-redux'
import type { Store } from './store/store.ts'
import { theme } from './styles/theme.ts'

/** What every part of the app stands in: the store, the styles, the theme. */
export function App({ store, styles, children }: { store: Store; styles: EmotionCache; children: ReactNode }) {
  return (
    <CacheProvider value={styles}>
      <Provider store={store}>
        <ThemeProvider theme={theme}>{children}</ThemeProvider>
      </Provider>
    </CacheProvider>
  )
}
