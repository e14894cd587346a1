import type { Permission, Role } from '@pe/contracts/permissions.ts'
import type { ColumnType } from 'kysely'

/** Written and compared as ISO text, and read by store/moment-text.ts. */
type Moment = ColumnType<string, string, string>
type MomentOrNull = ColumnType<string | null, string | null | undefined, string | null>

export interface InvitationTable {
  id: string
  organisation_id: string
  email: string
  email_key: string
  role: Role
  /** Null until the mail is written. */
  digest: string | null
  invited_at: Moment
  invited_by: string
  by_house: boolean
  expires_at: Moment
  accepted_at: MomentOrNull
  withdrawn_at: MomentOrNull
}

export interface ApiKeyTable {
  id: string
  organisation_id: string
  made_by: string
  by_house: boolean
  name: string
  scopes: ColumnType<Permission[], readonly Permission[], never>
  digest: string
  made_at: Moment
  expires_at: MomentOrNull
  last_used_at: MomentOrNull
  revoked_at: MomentOrNull
}

export interface DenialCountTable {
  organisation_id: string
  user_id: string
  address: string
  minute: Moment
  code: string
  count: number
}

/** The tables of migrations/0002_organisation.sql. */
export interface OrganisationTables {
  invitation: InvitationTable
  api_key: ApiKeyTable
  denial_count: DenialCountTable
}
