import type { ReactNode } from 'react'

/** One thing that can be set: its name, what it means, and the control at the right. */
export function SettingRow({ name, why, children }: { name: ReactNode; why: ReactNode; children: ReactNode }) {
  return (
    <div className="setting">
      <div>
        {name}
        <p className="muted">{why}</p>
      </div>
      <div className="control">{children}</div>
    </div>
  )
}
