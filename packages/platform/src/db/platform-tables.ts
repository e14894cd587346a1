import type { ColumnType, Generated } from 'kysely'

type Moment = ColumnType<Date, string, never>

/** The tables of packages/platform/migrations, which stand in every service's schema. */
export interface PlatformTables {
  audit: { seq: Generated<number>; organisation_id: string; user_id: string; at: Moment; trace_id: string; action: string; subject: string }
  /** Read and written by audit/audit-seal.ts and audit/seal-audit.ts. */
  audit_seal: { organisation_id: string }
  outbox: {
    seq: Generated<number>
    xid: Generated<string>
    id: string
    name: string
    organisation_id: string
    key: string
    at: Moment
    trace_id: string
    body: ColumnType<unknown, string, never>
  }
  outbox_cursor: { consumer: string; xid: Generated<string>; seq: Generated<number> }
  inbox: { subscription: string; fact_id: string; organisation_id: string; heard_at: Moment }
  dead_letter: {
    subscription: string
    fact_id: string
    organisation_id: string
    fact: ColumnType<unknown, string, never>
    error: string
    tries: number
    at: Moment
  }
  idempotency: {
    organisation_id: string
    user_id: string
    key: string
    route: string
    fingerprint: string
    reply: ColumnType<unknown, string | null, never>
    at: Moment
  }
}
