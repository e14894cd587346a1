import { sql } from 'kysely'
import { acrossOrganisations } from '../db/current-call.ts'
import type { PlatformDatabase } from '../db/service-database.ts'
import type { ObjectStorage } from '../files/object-storage.ts'
import { type ChainEnd, type EndsNote, noteEnds } from '../keys/noted-ends.ts'
import { type AuditSeal, auditDigest, auditKey, beginning, organisationsOf, readActs, readLastSeal } from './seals.ts'

/** Acts under one seal at most: a proof names no fewer. */
const actsOfASeal = 1000
/** Two processes must not continue one chain at the same time. */
const sealing = [0x5045, 7] as const

/** Seals what was done since the last time and is safe to seal. Answers how many acts. */
export async function sealAudit(database: PlatformDatabase): Promise<number> {
  return await acrossOrganisations(() => sealAll(database))
}

async function sealAll(database: PlatformDatabase): Promise<number> {
  let sealed = 0
  for (const organisationId of await organisationsOf(database.platform, 'audit')) {
    for (;;) {
      const acts = await sealSome(database, organisationId)
      sealed += acts
      if (acts < actsOfASeal) break
    }
  }
  return sealed
}

async function sealSome(database: PlatformDatabase, organisationId: string): Promise<number> {
  return await database.transaction(async () => {
    const { platform: db, keys, clock } = database
    await sql`select pg_advisory_xact_lock(${sql.lit(sealing[0])}, ${sql.lit(sealing[1])})`.execute(db)
    const last = await readLastSeal(db, organisationId)
    const acts = await readActs(db, organisationId, last?.through ?? beginning, { limit: actsOfASeal })
    const end = acts.at(-1)
    if (!end) return 0
    const [xid, seq] = end
    // to the microsecond, as it will be read
    const at = clock.now().replace(/(\.\d{3})Z$/, '$1000Z')
    const number = (last?.number ?? 0) + 1
    const digest = auditDigest(auditKey(keys), { organisationId, number, at }, acts, last?.digest ?? '')
    await insertSeal(database, { organisationId, number, through: { xid, seq }, acts: acts.length, at, digest })
    return acts.length
  })
}

async function insertSeal({ platform }: PlatformDatabase, { organisationId, number, through, acts, at, digest }: AuditSeal): Promise<void> {
  await sql`
    insert into audit_seal (organisation_id, number, through_xid, through_seq, acts, at, digest)
    values (${organisationId}::uuid, ${number}::bigint, ${through.xid}::xid8, ${through.seq}::bigint, ${acts}::int, ${at}::timestamptz, ${digest})`.execute(
    platform,
  )
}

/** Where the ends of the audit chains of a service are noted in the second place. */
export function auditEndsPath(service: string): string {
  return `${service}/audit-ends.json`
}

export function auditNote(database: Pick<PlatformDatabase, 'service' | 'keys'>, anchors: ObjectStorage): EndsNote {
  const { service, keys } = database
  return { anchors, keys, path: auditEndsPath(service), purpose: `audit-anchor-${service}` }
}

/** Seals, and notes in the second place where the chains end. */
export async function sealAndNote(database: PlatformDatabase, anchors: ObjectStorage): Promise<void> {
  await sealAudit(database)
  const ends = await acrossOrganisations(() => sealedEnds(database))
  const { lost } = await noteEnds(auditNote(database, anchors), ends, database.clock.now())
  for (const organisationId of lost)
    database.log.error({ action: 'audit.anchor', status: 'failure', organisationId, message: 'the chain of the audit log went back' })
}

async function sealedEnds({ platform }: PlatformDatabase): Promise<(ChainEnd & { readonly id: string })[]> {
  const ends = []
  for (const organisationId of await organisationsOf(platform, 'audit_seal')) {
    const last = await readLastSeal(platform, organisationId)
    if (last) ends.push({ id: organisationId, length: last.number, digest: last.digest })
  }
  return ends
}
