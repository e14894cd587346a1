import type { Kysely } from 'kysely'
import type { PlatformTables } from '../db/platform-tables.ts'
import type { Keys } from '../keys/keys.ts'
import type { ChainEnd } from '../keys/noted-ends.ts'
import {
  type AuditAct,
  type AuditPosition,
  auditDigest,
  auditKey,
  beginning,
  countActs,
  organisationsOf,
  readActs,
  readSeals,
} from './seals.ts'

/** Something of an audit log that is not as it was sealed. */
export interface AuditFinding {
  readonly organisationId: string
  /** The seal, where one can be named. */
  readonly seal: number | null
  /** The rest of a sentence that begins with log and seal. */
  readonly detail: string
}

export interface AuditProof {
  readonly acts: number
  /** Done since the last seal: nothing is known of them yet. */
  readonly unsealed: number
  readonly findings: readonly AuditFinding[]
}

/** Seals read at once; the acts of each are read by themselves. */
const page = 500

/**
 * Proves the audit log of a service: of each organisation the seals without gaps, the acts under each, and the end that was noted in the second
 * place. `db` reads one snapshot; the notes were read before it, so that a chain can only be longer than they say.
 */
export async function verifyAudit(db: Kysely<PlatformTables>, keys: Keys, noted: ReadonlyMap<string, ChainEnd>): Promise<AuditProof> {
  const known = new Set([...(await organisationsOf(db, 'audit')), ...(await organisationsOf(db, 'audit_seal')), ...noted.keys()])
  const findings: AuditFinding[] = []
  let [acts, unsealed] = [0, 0]
  for (const organisationId of known) {
    const proof = await verifyOf(db, keys, organisationId, noted.get(organisationId))
    acts += proof.acts
    unsealed += proof.unsealed
    findings.push(...proof.findings)
  }
  return { acts, unsealed, findings }
}

async function verifyOf(db: Kysely<PlatformTables>, keys: Keys, organisationId: string, noted: ChainEnd | undefined): Promise<AuditProof> {
  const findings: AuditFinding[] = []
  const find = (seal: number | null, detail: string): void => void findings.push({ organisationId, seal, detail })
  const key = auditKey(keys)
  let [after, last, previous, acts] = [beginning, 0, '', 0]
  for (;;) {
    const seals = await readSeals(db, organisationId, last, page)
    for (const seal of seals) {
      const { number, digest, through } = seal
      if (number !== last + 1) find(last + 1, number > last + 2 ? `and those up to ${number - 1} are missing` : 'is missing')
      const found = await readActs(db, organisationId, after, { through })
      if (found.length !== seal.acts) find(number, `was set over ${seal.acts} acts, but ${found.length} are there`)
      else if (!endsWith(found, through) || digest !== auditDigest(key, seal, found, previous))
        find(
          number,
          `does not match the ${seal.acts} acts up to ${seal.at.slice(0, 19)}Z: something of them, of it or of the seal before was changed`,
        )
      if (noted?.length === number && noted.digest !== digest) find(number, 'is not the one that was noted: the chain was rewritten')
      ;[after, last, previous] = [through, number, digest]
      acts += found.length
    }
    if (seals.length < page) break
  }
  if (noted && noted.length > last) find(last + 1, `is missing: ${noted.length} seals were noted`)
  return { acts, unsealed: await countActs(db, organisationId, after), findings }
}

function endsWith(acts: readonly AuditAct[], { xid, seq }: AuditPosition): boolean {
  const [lastXid, lastSeq] = acts.at(-1) ?? []
  return lastXid === xid && lastSeq === seq
}
