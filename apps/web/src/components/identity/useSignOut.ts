import { useSignOutMutation } from '../../services/identity-api.ts'
import { useProblemWords } from '../common/ProblemNote.tsx'
import { useToast } from '../common/toast-context.ts'
import { useEntering } from './useEntering.ts'

/** Ends the session; where that fails the person hears it, since they are still signed in. */
export function useSignOut(): () => Promise<void> {
  const { announce } = useToast()
  const words = useProblemWords()
  const { leave } = useEntering()
  const [signOut] = useSignOutMutation()
  return async () => {
    const answer = await signOut()
    if ('error' in answer && answer.error && 'code' in answer.error && answer.error.code !== 'unauthenticated')
      return announce({ message: words(answer.error as Parameters<typeof words>[0]) })
    leave()
  }
}
