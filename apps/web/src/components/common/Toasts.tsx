import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from './Icon.tsx'
import { type Toast, ToastContext } from './toast-context.ts'

/** How long a toast stays, unless a pointer or the focus rests on it. */
const stay = 8000

/** Bottom left, one at a time: what happened, and the way to undo it. */
export function Toasts({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  const [toast, setToast] = useState<(Toast & { key: number }) | null>(null)
  const [undoing, setUndoing] = useState(false)
  const [held, setHeld] = useState(false)
  const keys = useRef(0)
  const announce = useCallback((next: Toast) => {
    keys.current += 1
    setUndoing(false)
    setToast({ ...next, key: keys.current })
  }, [])
  useEffect(() => {
    if (!toast || held || undoing) return
    const timer = setTimeout(() => setToast(null), stay)
    return () => clearTimeout(timer)
  }, [toast, held, undoing])
  const undo = async () => {
    setUndoing(true)
    await toast?.undo?.()
    setUndoing(false)
    setToast((shown) => (shown?.key === toast?.key ? null : shown))
  }
  return (
    <ToastContext value={useMemo(() => ({ announce }), [announce])}>
      {children}
      <div role="status" aria-live="polite">
        {toast ? (
          // biome-ignore lint/a11y/noStaticElementInteractions: resting on it only keeps it in view
          <div
            className="toast"
            key={toast.key}
            onMouseEnter={() => setHeld(true)}
            onMouseLeave={() => setHeld(false)}
            onFocus={() => setHeld(true)}
            onBlur={() => setHeld(false)}
          >
            <span>{undoing ? t('shell.undoing') : toast.message}</span>
            {toast.undo && !undoing ? (
              <button type="button" onClick={undo}>
                {t('shell.undo')}
              </button>
            ) : (
              <button type="button" className="plain" aria-label={t('shell.close')} onClick={() => setToast(null)}>
                <Icon name="cross" small />
              </button>
            )}
          </div>
        ) : null}
      </div>
    </ToastContext>
  )
}
