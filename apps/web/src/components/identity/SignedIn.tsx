import { lazy, type ReactNode, Suspense } from 'react'
import { Navigate, useLocation } from 'react-router'
import { signInFrom } from '../../hooks/own-path.ts'
import { useStepUp } from '../../store/step-up.ts'
import { useStoreState } from '../../store/store.ts'

const StepUpDialog = lazy(() => import('./StepUpDialog.tsx'))

/** Goes on as long as the server answers; once it wants a sign-in, goes there and remembers where the person was. */
export function SignedIn({ children }: { children: ReactNode }) {
  const location = useLocation()
  const standing = useStoreState((state) => state.identity.standing)
  const { wanted } = useStepUp()
  if (standing !== 'open') return <Navigate to={standing === 'left' ? '/sign-in' : signInFrom(location)} replace />
  return (
    <>
      {children}
      {wanted ? (
        <Suspense>
          <StepUpDialog />
        </Suspense>
      ) : null}
    </>
  )
}
