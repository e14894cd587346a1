import createCache from '@emotion/cache'
import { CacheProvider } from '@emotion/react'
import { ThemeProvider } from '@mui/material/styles'
import type { ReactNode } from 'react'
import { theme } from './theme.ts'

// The server writes one nonce into the page and its policy, so that the styles of emotion may stand.
const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''
const styles = createCache({ key: 'pe', ...(nonce === '' || nonce.startsWith('__') ? {} : { nonce }) })

/** What MUI's parts stand in. Not around the whole app, so that the first screen does not wait for MUI. */
export default function Themed({ children }: { children: ReactNode }) {
  return (
    <CacheProvider value={styles}>
      <ThemeProvider theme={theme}>{children}</ThemeProvider>
    </CacheProvider>
  )
}
