import type { Role } from '@pe/contracts/permissions.ts'
import type { ColumnType, Generated } from 'kysely'
import type { OrganisationTables } from './organisation-tables.ts'

/** Written and compared as ISO text, and read by store/moment-text.ts. */
type Moment = ColumnType<string, string, string>
type MomentOrNull = ColumnType<string | null, string | null | undefined, string | null>

export interface OrganisationTable {
  id: string
  name: string
  allowed_addresses: Generated<string[]>
  made_at: Moment
  version: Generated<number>
}

export interface PersonTable {
  id: string
  email: string
  email_key: string
  email_verified_at: MomentOrNull
  name: string
  time_zone: string
  made_at: Moment
}

export interface MembershipTable {
  organisation_id: string
  person_id: string
  role: Role
  joined_at: Moment
  disabled_at: MomentOrNull
}

export interface PasswordTable {
  person_id: string
  phc: string
  changed_at: Moment
}

export interface AuthenticatorTable {
  id: string
  person_id: string
  sealed_seed: string
  made_at: Moment
  confirmed_at: MomentOrNull
  last_step: Generated<number>
}

export interface RecoveryCodeTable {
  person_id: string
  digest: string
  made_at: Moment
  used_at: MomentOrNull
}

export interface SessionTable {
  id: string
  digest: string
  person_id: string
  organisation_id: string
  pending: boolean
  opened_at: Moment
  last_seen_at: Moment
  expires_at: Moment
  stepped_up_until: MomentOrNull
  address: string
  device: string
  ended_at: MomentOrNull
}

export type TokenPurpose = 'set-up' | 'password-reset' | 'verify-email' | 'invitation'

export interface OneTimeTokenTable {
  digest: string
  purpose: TokenPurpose
  person_id: string | null
  made_at: Moment
  expires_at: Moment
  spent_at: MomentOrNull
}

/** Read and written by sign-in/attempts.ts, in one statement. */
export interface AttemptTable {
  bucket: string
  times: string[]
  last_at: Moment
}

export interface AuthTables extends OrganisationTables {
  organisation: OrganisationTable
  person: PersonTable
  membership: MembershipTable
  password: PasswordTable
  authenticator: AuthenticatorTable
  recovery_code: RecoveryCodeTable
  session: SessionTable
  one_time_token: OneTimeTokenTable
  attempt: AttemptTable
}
