import type { Schema } from '@pe/sdk/client.ts'
import { useCallback } from 'react'
import { api } from '../../services/api.ts'
import { identityApi } from '../../services/identity-api.ts'
import { secondFactorWanted, signedIn, signedOut } from '../../store/identity.ts'
import { useStoreDispatch } from '../../store/store.ts'

/** What follows a sign-in, and a sign-out: nothing of the one before stays known. */
export function useEntering() {
  const dispatch = useStoreDispatch()
  const enter = useCallback(
    ({ state, me }: Schema<'SignedIn'>): boolean => {
      if (state === 'second-factor') {
        dispatch(secondFactorWanted())
        return false
      }
      dispatch(signedIn())
      dispatch(api.util.resetApiState())
      if (me) dispatch(identityApi.util.upsertQueryData('me', undefined, me))
      return true
    },
    [dispatch],
  )
  const leave = useCallback(() => {
    dispatch(signedOut())
    dispatch(api.util.resetApiState())
  }, [dispatch])
  return { enter, leave }
}
