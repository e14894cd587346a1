import { createContext, useContext } from 'react'

export interface Toast {
  readonly message: string
  /** Takes back what happened; the toast stays until it is done. */
  readonly undo?: () => Promise<unknown>
}

export const ToastContext = createContext<{ announce: (toast: Toast) => void }>({ announce: () => {} })

/** `announce({ message, undo })` after each mutation. */
export function useToast(): { announce: (toast: Toast) => void } {
  return useContext(ToastContext)
}
