import { lazy, type ReactNode, Suspense, useCallback, useState } from 'react'
import { ExplainContext, type ExplainRequest } from './explain-context.ts'

const Drawer = lazy(() => import('./Explanation.tsx'))

/** Holds the drawer that any figure opens; its contents are loaded with the first figure that is asked about. */
export function ExplainDrawer({ children }: { children: ReactNode }) {
  const [request, setRequest] = useState<ExplainRequest | null>(null)
  const [open, setOpen] = useState(false)
  const explain = useCallback((asked: ExplainRequest) => {
    setRequest(asked)
    setOpen(true)
  }, [])
  return (
    <ExplainContext value={explain}>
      {children}
      {request ? (
        <Suspense>
          <Drawer request={request} open={open} close={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </ExplainContext>
  )
}
