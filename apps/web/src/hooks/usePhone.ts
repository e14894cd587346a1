import { useMedia } from './useMedia.ts'

/** True on a screen as narrow as a phone's, as look.css has it. */
export function usePhone(): boolean {
  return useMedia('(max-width: 760px)')
}
