import { useCallback, useSyncExternalStore } from 'react'

/** Whether a question of CSS about the screen ('(max-width: 760px)') is true, now and when the window changes. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (change: () => void) => {
      const media = window.matchMedia?.(query)
      media?.addEventListener('change', change)
      return () => media?.removeEventListener('change', change)
    },
    [query],
  )
  return useSyncExternalStore(subscribe, () => window.matchMedia?.(query).matches ?? false)
}
