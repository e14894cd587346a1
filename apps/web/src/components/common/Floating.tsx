import Popover from '@mui/material/Popover'
import type { ReactNode } from 'react'
import Themed from '../../styles/Themed.tsx'

interface FloatingProps {
  readonly anchor: HTMLElement
  readonly label: string
  readonly width?: number | undefined
  readonly close: () => void
  readonly children: ReactNode
}

/** A popover under what opened it; loaded with the first that is opened. */
export default function Floating({ anchor, label, width, close, children }: FloatingProps) {
  return (
    <Themed>
      <Popover
        open
        anchorEl={anchor}
        onClose={close}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'left' }}
        slotProps={{ paper: { className: 'pop floating', 'aria-label': label, role: 'dialog', style: { width } } }}
      >
        {children}
      </Popover>
    </Themed>
  )
}
