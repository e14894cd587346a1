import type { KeyObject } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import type { PlatformTables } from '../db/platform-tables.ts'
import { type Keys, keyedDigest } from '../keys/keys.ts'

/** One act of the audit log, as text: transaction, place, who, when, trace, what, of what. */
export type AuditAct = readonly [xid: string, seq: string, user: string, at: string, trace: string, action: string, subject: string]

/** A place in the order in which acts are sealed. */
export interface AuditPosition {
  readonly xid: string
  readonly seq: string
}

export interface AuditSeal {
  readonly organisationId: string
  /** From 1, without gaps. */
  readonly number: number
  readonly through: AuditPosition
  readonly acts: number
  readonly at: string
  readonly digest: string
}

/** Where every log begins. */
export const beginning: AuditPosition = { xid: '0', seq: '-1' }

export function auditKey(keys: Keys): KeyObject {
  return keys.of('audit-chain')
}

/** Digest of the acts since the seal before, and of its digest: JSON with sorted keys, without spaces. */
export function auditDigest(
  key: KeyObject,
  { organisationId, number, at }: Pick<AuditSeal, 'organisationId' | 'number' | 'at'>,
  acts: readonly AuditAct[],
  previous: string,
): string {
  const head = `{"acts":${JSON.stringify(acts)},"at":"${at}","number":${number}`
  return keyedDigest(key, `${head},"organisation":"${organisationId}","previous":"${previous}"}`)
}

type Sql = Kysely<PlatformTables>

/** Organisations that have done something, each looked up by itself: the log is long, they are few. */
export async function organisationsOf(db: Sql, table: 'audit' | 'audit_seal'): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive organisation as (
      (select organisation_id as id from ${sql.table(table)} order by organisation_id limit 1)
      union all
      select (select organisation_id from ${sql.table(table)} where organisation_id > organisation.id order by organisation_id limit 1)
      from organisation where organisation.id is not null
    )
    select id from organisation where id is not null`.execute(db)
  return rows.map(({ id }) => id)
}

/** Seals of an organisation after one, in order. */
export async function readSeals(db: Sql, organisationId: string, after: number, some: number): Promise<AuditSeal[]> {
  const { rows } = await sql<SealRow>`
    select ${sealColumns} from audit_seal
    where organisation_id = ${organisationId}::uuid and number > ${after}::bigint order by audit_seal.number limit ${some}`.execute(db)
  return rows.map(sealOf)
}

/** With what the chain of an organisation ends. */
export async function readLastSeal(db: Sql, organisationId: string): Promise<AuditSeal | undefined> {
  const { rows } = await sql<SealRow>`
    select ${sealColumns} from audit_seal where organisation_id = ${organisationId}::uuid order by audit_seal.number desc limit 1`.execute(
    db,
  )
  return rows.map(sealOf)[0]
}

interface SealRow extends Omit<AuditSeal, 'number' | 'through'>, AuditPosition {
  readonly number: string
}

const sealColumns = sql`organisation_id as "organisationId", number::text as number, through_xid::text as xid, through_seq::text as seq, acts,
  to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, digest`

function sealOf({ xid, seq, number, ...seal }: SealRow): AuditSeal {
  return { ...seal, number: Number(number), through: { xid, seq } }
}

/** Acts after a place, in the order in which they are sealed: up to another, or those that are safe to seal, since no transaction that runs can add one before them. */
export async function readActs(
  db: Sql,
  organisationId: string,
  after: AuditPosition,
  { through, limit }: { readonly through?: AuditPosition; readonly limit?: number },
): Promise<AuditAct[]> {
  const end = through
    ? sql`(xid, seq) <= (${through.xid}::xid8, ${through.seq}::bigint)`
    : sql`xid < pg_snapshot_xmin(pg_current_snapshot())`
  const { rows } = await sql<{ act: AuditAct }>`
    select json_build_array(xid::text, seq::text, user_id, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
      trace_id, action, subject) as act
    from audit
    where organisation_id = ${organisationId}::uuid and (xid, seq) > (${after.xid}::xid8, ${after.seq}::bigint) and ${end}
    order by audit.xid, audit.seq ${limit === undefined ? sql`` : sql`limit ${limit}`}`.execute(db)
  return rows.map(({ act }) => act)
}

/** How many acts there are after a place: done, but not sealed yet. */
export async function countActs(db: Sql, organisationId: string, after: AuditPosition): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from audit
    where organisation_id = ${organisationId}::uuid and (xid, seq) > (${after.xid}::xid8, ${after.seq}::bigint)`.execute(db)
  return rows[0]?.count ?? 0
}
