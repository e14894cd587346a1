import type { Schema } from '@pe/sdk/client.ts'

interface SettingsPlace {
  readonly path: string
  /** Key of its name. */
  readonly words: string
  readonly needs?: Schema<'Permission'>
}

const places: readonly SettingsPlace[] = [
  { path: '/settings', words: 'identity.places.look' },
  { path: '/settings/me', words: 'identity.places.me' },
  { path: '/settings/security', words: 'identity.places.security' },
  { path: '/settings/organisation', words: 'identity.places.organisation', needs: 'organisation.read' },
  { path: '/settings/api-keys', words: 'identity.places.apiKeys', needs: 'keys.write' },
]

/** The parts of Settings that somebody may see. */
export function settingsOf({ permissions }: Pick<Schema<'Me'>, 'permissions'>): readonly SettingsPlace[] {
  return places.filter(({ needs }) => needs === undefined || permissions.includes(needs))
}
