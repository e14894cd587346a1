import type { Client } from '@pe/sdk/client.ts'
import { configureStore } from '@reduxjs/toolkit'
import { type TypedUseSelectorHook, useDispatch, useSelector } from 'react-redux'
import { api } from '../services/api.ts'
import { heedTheDoor, identitySlice } from './identity.ts'
import { preferencesSlice } from './preferences.ts'
import { stepUpGate } from './step-up.ts'

/** The store with the client that asks the server; tests hand in a client with a fetch of their own. */
export function createStore(client: Client) {
  const stepUp = stepUpGate()
  const store = configureStore({
    reducer: { [api.reducerPath]: api.reducer, preferences: preferencesSlice.reducer, identity: identitySlice.reducer },
    middleware: (defaults) =>
      defaults({ thunk: { extraArgument: { client, stepUp } }, immutableCheck: false, serializableCheck: false }).concat(
        api.middleware,
        heedTheDoor,
      ),
  })
  return Object.assign(store, { stepUp })
}

export type Store = ReturnType<typeof createStore>
export type State = ReturnType<Store['getState']>

export const useStoreDispatch: () => Store['dispatch'] = useDispatch
export const useStoreState: TypedUseSelectorHook<State> = useSelector
