import { useEffect, useRef } from 'react'

/** Single keys ("t"), sequences ("g h") and chords ("mod+k") to what they do. */
export type Keys = Readonly<Record<string, () => void>>

const sequenceTime = 900

/** Listens on the page; single keys rest while a person types, or when they are switched off. */
export function useKeys(keys: Keys, singleKeys: boolean): void {
  const latest = useRef(keys)
  latest.current = keys
  useEffect(() => {
    let leader: { key: string; at: number } | null = null
    const listen = (event: KeyboardEvent) => {
      const chord = `mod+${event.key.toLowerCase()}`
      if ((event.metaKey || event.ctrlKey) && latest.current[chord]) {
        event.preventDefault()
        latest.current[chord]()
        return
      }
      if (!singleKeys || event.metaKey || event.ctrlKey || event.altKey || typing(event.target)) return
      const sequence = leader && event.timeStamp - leader.at < sequenceTime ? `${leader.key} ${event.key}` : event.key
      leader = event.key === 'g' ? { key: 'g', at: event.timeStamp } : null
      const act = latest.current[sequence]
      if (!act) return
      event.preventDefault()
      act()
    }
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [singleKeys])
}

function typing(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName) || target.closest('[role="dialog"]') !== null
}
