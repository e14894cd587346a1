/** A cache that may forget at any time. Values are JSON; keys start with the service's name. */
export interface Cache {
  get<V>(key: string): Promise<V | undefined>
  set<V>(key: string, value: V, secondsToLive: number): Promise<void>
  delete(key: string): Promise<void>
}
