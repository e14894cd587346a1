import Drawer from '@mui/material/Drawer'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { usePhone } from '../../hooks/usePhone.ts'
import Themed from '../../styles/Themed.tsx'
import { Icon } from './Icon.tsx'

interface SideDrawerProps {
  readonly title: string
  readonly close: () => void
  readonly children: ReactNode
}

/** Over the page, from the right; from the bottom on a phone. */
export function SideDrawer({ title, close, children }: SideDrawerProps) {
  const { t } = useTranslation()
  const phone = usePhone()
  return (
    <Themed>
      <Drawer
        anchor={phone ? 'bottom' : 'right'}
        open
        onClose={close}
        slotProps={{ paper: { className: 'drawer', role: 'dialog', 'aria-label': title } }}
      >
        <header>
          <h2>{title}</h2>
          <button type="button" className="icon" aria-label={t('shell.close')} onClick={close}>
            <Icon name="cross" />
          </button>
        </header>
        {children}
      </Drawer>
    </Themed>
  )
}
