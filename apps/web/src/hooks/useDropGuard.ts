import { useEffect } from 'react'

/** A file let go beside a drop area is not opened by the browser in place of the app, which would lose what is on the screen. */
export function useDropGuard(): void {
  useEffect(() => {
    const keep = (event: DragEvent) => event.preventDefault()
    window.addEventListener('dragover', keep)
    window.addEventListener('drop', keep)
    return () => {
      window.removeEventListener('dragover', keep)
      window.removeEventListener('drop', keep)
    }
  }, [])
}
