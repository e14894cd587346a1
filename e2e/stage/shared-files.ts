import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('../../../shared/', import.meta.url))

/** Whether real files stand beside the project in ../shared; where PE_REQUIRE_SHARED=1 they must. */
export const sharedIsThere: boolean = existsSync(`${folder}samples`)

export const sharedIsMissing = 'the folder ../shared with real files is not there: what needs them is left out'

if (!sharedIsThere && process.env.PE_REQUIRE_SHARED === '1') throw new Error('PE_REQUIRE_SHARED=1, but ../shared is not there')
if (!sharedIsThere) console.warn(sharedIsMissing)

export function sharedFile(path: string): string {
  return `${folder}${path}`
}
