import { createContext, useContext, useSyncExternalStore } from 'react'

/** Where sensitive acts wait while the person says once more who they are. */
export interface StepUpGate {
  /** Resolves to whether the person did; the act is then repeated. */
  readonly ask: () => Promise<boolean>
  readonly answer: (done: boolean) => void
  readonly wanted: () => boolean
  readonly subscribe: (listen: () => void) => () => void
}

export function stepUpGate(): StepUpGate {
  let waiting: ((done: boolean) => void)[] = []
  const listeners = new Set<() => void>()
  const tell = () => {
    for (const listen of listeners) listen()
  }
  return {
    ask: () =>
      new Promise((resolve) => {
        waiting = [...waiting, resolve]
        tell()
      }),
    answer(done) {
      const all = waiting
      waiting = []
      for (const resolve of all) resolve(done)
      tell()
    },
    wanted: () => waiting.length > 0,
    subscribe(listen) {
      listeners.add(listen)
      return () => listeners.delete(listen)
    },
  }
}

export const StepUpContext = createContext<StepUpGate>(stepUpGate())

/** Whether an act waits, and the way to let it go on or be refused. */
export function useStepUp(): { wanted: boolean; answer: (done: boolean) => void } {
  const gate = useContext(StepUpContext)
  return { wanted: useSyncExternalStore(gate.subscribe, gate.wanted), answer: gate.answer }
}
