import { lazy, type ReactNode, Suspense, useState } from 'react'
import { Icon } from './Icon.tsx'

const Floating = lazy(() => import('./Floating.tsx'))

interface PickerProps {
  /** For screen readers: what is picked. */
  readonly label: string
  /** What is picked now. */
  readonly value: ReactNode
  readonly className?: string
  readonly children: (close: () => void) => ReactNode
  readonly width?: number
  readonly iconless?: boolean
}

/** A quiet button of the bar that opens a popover. */
export function Picker({ label, value, className = 'pick', children, width, iconless = false }: PickerProps) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null)
  const close = () => setAnchor(null)
  return (
    <>
      <button
        type="button"
        className={className}
        aria-label={typeof value === 'string' && !label.includes(value) ? `${label}: ${value}` : label}
        aria-haspopup="dialog"
        aria-expanded={anchor !== null}
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        {value}
        {iconless ? null : <Icon name="down" small />}
      </button>
      {anchor ? (
        <Suspense>
          <Floating anchor={anchor} label={label} width={width} close={close}>
            {children(close)}
          </Floating>
        </Suspense>
      ) : null}
    </>
  )
}

/** One choice of a popover. */
export function Choice({
  chosen = false,
  onChoose,
  hint,
  children,
}: {
  chosen?: boolean
  onChoose: () => void
  hint?: ReactNode
  children: ReactNode
}) {
  return (
    <li>
      <button type="button" className="choice" aria-pressed={chosen} onClick={onChoose}>
        <span className="tick">{chosen ? <Icon name="tick" small /> : null}</span>
        <span className="grow">{children}</span>
        {hint ? <small className="muted">{hint}</small> : null}
      </button>
    </li>
  )
}
