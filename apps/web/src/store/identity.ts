import { createSlice, isRejectedWithValue, type Middleware } from '@reduxjs/toolkit'

/**
 * How this browser stands with the door. `open`: nothing is known against it, which is also so while nobody has to sign in;
 * `out`: the server wants a sign-in; `left`: the person signed out; `second-factor`: the password was right, the code is wanted.
 */
export type Standing = 'open' | 'out' | 'left' | 'second-factor'

export const identitySlice = createSlice({
  name: 'identity',
  initialState: { standing: 'open' as Standing },
  reducers: {
    signInWanted: () => ({ standing: 'out' as Standing }),
    secondFactorWanted: () => ({ standing: 'second-factor' as Standing }),
    signedOut: () => ({ standing: 'left' as Standing }),
    signedIn: () => ({ standing: 'open' as Standing }),
  },
})
export const { signInWanted, secondFactorWanted, signedOut, signedIn } = identitySlice.actions

/** Hears from any answer that a sign-in is wanted. Not from `me`, which nobody can be asked for while the door stands open. */
export const heedTheDoor: Middleware =
  ({ dispatch }) =>
  (next) =>
  (action) => {
    if (isRejectedWithValue(action)) {
      const code = codeOf(action.payload)
      if (code === 'unauthenticated' && !asksWho(action.meta)) dispatch(signInWanted())
      if (code === 'second_factor_needed') dispatch(secondFactorWanted())
    }
    return next(action)
  }

function codeOf(problem: unknown): unknown {
  return typeof problem === 'object' && problem !== null && 'code' in problem ? problem.code : undefined
}

function asksWho(meta: { arg?: unknown }): boolean {
  return typeof meta.arg === 'object' && meta.arg !== null && 'endpointName' in meta.arg && meta.arg.endpointName === 'me'
}
