import { useCallback, useMemo } from 'react'
import { useSearchParams } from 'react-router'
import { readView, type View, viewKeys } from './view.ts'

export type ViewChange = Partial<Record<(typeof viewKeys)[number], string | null>>

/** The view in the address, and the way to change it. A change is a new entry in the history unless it says otherwise. */
export function useView(): { view: View; change: (patch: ViewChange, options?: { replace?: boolean }) => void; search: string } {
  const [search, setSearch] = useSearchParams()
  const view = useMemo(() => readView(search), [search])
  const change = useCallback(
    (patch: ViewChange, options: { replace?: boolean } = {}) =>
      setSearch((before) => {
        const after = new URLSearchParams(before)
        for (const [key, value] of Object.entries(patch))
          if (value === null || value === undefined) after.delete(key)
          else after.set(key, value)
        return after
      }, options),
    [setSearch],
  )
  return { view, change, search: useMemo(() => carried(search), [search]) }
}

/** The part of the address that goes along to another place, with its question mark. */
function carried(search: URLSearchParams): string {
  const kept = new URLSearchParams([...search].filter(([key]) => (viewKeys as readonly string[]).includes(key)))
  return kept.size > 0 ? `?${kept}` : ''
}
