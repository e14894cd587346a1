import type { BookProof } from '@pe/core/chain/verify-book.ts'
import type { AuditFinding, AuditProof } from '@pe/platform/audit/verify-audit.ts'

/** The audit logs of all services together. */
export interface AuditLogsProof extends Omit<AuditProof, 'findings'> {
  readonly findings: readonly (AuditFinding & { readonly service: string })[]
}

export interface WholeProof extends BookProof {
  /** Absent where one account was asked for. */
  readonly audit?: AuditLogsProof
}

/** The proof in sentences. */
export function told({ accounts, without, entries, transactions, findings, audit }: WholeProof): string[] {
  const begins = without > 0 ? [`${without} of ${accounts} accounts have no chain yet: it begins with the next start of the server.`] : []
  const count = findings.length + (audit?.findings.length ?? 0)
  if (count === 0) {
    const counts = `${entries} entries of ${accounts} accounts, ${transactions} transactions`
    return [...begins, `Proved: ${counts}. Positions and cash equal a replay.`, ...(audit ? [auditTold(audit)] : [])]
  }
  const ofAudit = (audit?.findings ?? []).map(({ service, organisationId, seal, detail }) => {
    const which = seal === null ? '' : `, seal ${seal}`
    return `Audit log of ${service} (organisation ${organisationId})${which}: ${detail}.`
  })
  const sentences = [...findings.map(bookTold), ...ofAudit]
  return [...begins, ...sentences, `Not proved: ${count} ${count === 1 ? 'thing is' : 'things are'} not as recorded.`]
}

function bookTold({ account, accountId, entry, transactionId, detail }: BookProof['findings'][number]): string {
  const who = accountId === null ? 'The book' : account === null ? `Account ${accountId}` : `Account '${account}' (${accountId})`
  const what = [entry === null ? [] : [`entry ${entry}`], transactionId === null ? [] : [`transaction ${transactionId}`]].flat()
  return `${[who, ...what].join(', ')}: ${detail}.`
}

function auditTold({ acts, unsealed }: AuditLogsProof): string {
  const since = unsealed > 0 ? `, and ${unsealed} since then` : ''
  return `The audit log stands as it was sealed: ${acts} acts${since}.`
}
