import Tooltip from '@mui/material/Tooltip'
import type { ReactElement } from 'react'
import Themed from '../../styles/Themed.tsx'

/** Words on hover and focus; loaded with the first figure that needs them. */
export default function Tip({ words, children }: { words: string; children: ReactElement }) {
  return (
    <Themed>
      <Tooltip title={words} describeChild>
        {children}
      </Tooltip>
    </Themed>
  )
}
