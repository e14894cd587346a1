import { useSyncExternalStore } from 'react'

/** As look.css has it. */
const query = '(max-width: 760px)'

function subscribe(change: () => void): () => void {
  const media = window.matchMedia?.(query)
  media?.addEventListener('change', change)
  return () => media?.removeEventListener('change', change)
}

/** True on a screen as narrow as a phone's. */
export function usePhone(): boolean {
  return useSyncExternalStore(subscribe, () => window.matchMedia?.(query).matches ?? false)
}
