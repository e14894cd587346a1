import type { ReactNode } from 'react'

/** The last known figures, dimmed while newer ones are on their way. */
export function Waiting({ on, children }: { on: boolean; children: ReactNode }) {
  return (
    <div className={on ? 'waiting on' : 'waiting'} aria-busy={on}>
      {children}
    </div>
  )
}

/** The shape of a page on the very first visit, before any figure is known. */
export function Skeleton({ chart = true, rows = 6 }: { chart?: boolean; rows?: number }) {
  return (
    <div className="skeleton" aria-hidden="true">
      <i style={{ width: 160, height: 14 }} />
      <i style={{ width: 320, height: 48 }} />
      <i style={{ width: '60%', height: 14 }} />
      {chart ? <i style={{ width: '100%', height: 300, marginTop: 28 }} /> : null}
      {Array.from({ length: rows }, (_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows of nothing
        <i key={at} style={{ width: '100%', height: 20, marginTop: 16 }} />
      ))}
    </div>
  )
}
