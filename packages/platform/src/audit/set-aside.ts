/** Statements that set the seals of an audit log aside whose key is lost for good; its acts stay, and are sealed anew. */
export function setAuditSealsAside(stamp: string): string[] {
  return [`create table audit_seal_before_${stamp} as table audit_seal`, 'delete from audit_seal']
}
