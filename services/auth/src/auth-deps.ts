import type { ServiceDeps } from '@pe/platform/service.ts'
import type { Kysely } from 'kysely'
import type { PasswordHasher } from './sign-in/password-hasher.ts'
import type { AuthTables } from './store/tables.ts'

/** What the composition root hands over. */
export interface AuthPorts extends ServiceDeps<AuthTables> {
  /** Where people reach the web app, 'https://pe.example.org': links in mails begin with it, and never with what a request says of itself. */
  readonly webAddress: () => string
  /** Told at the start while nobody is set up, for the terminal: whoever holds the token becomes the owner. */
  readonly onSetUpLink: (token: string) => void
  /** The owner of an unattended start; heeded while nobody is set up. */
  readonly firstOwner?: { readonly email: string; readonly password: string } | undefined
  /** argon2id when absent. */
  readonly hasher?: PasswordHasher | undefined
}

/** What use-cases work with. */
export interface AuthDeps extends AuthPorts {
  readonly hasher: PasswordHasher
}

/** Where SQL runs: a transaction or the pool. */
export type AuthSql = Kysely<AuthTables>
