/**
 * Statements that set the chains of a book aside whose key is lost for good: they are kept beside, and the next start of the server begins
 * new ones with what stands. For who may do everything; the role of the service may not.
 */
export function setChainsAside(stamp: string): string[] {
  return [
    `create table chain_entry_before_${stamp} as table chain_entry`,
    `create table chain_seal_before_${stamp} as table chain_seal`,
    'delete from chain_entry',
    'delete from chain_seal',
    'update account set chain_length = null, chain_head = null, row_told = false',
    `insert into audit (organisation_id, user_id, at, trace_id, action, subject)
     select distinct organisation_id, '00000000-0000-0000-0000-000000000000'::uuid, now(), repeat('0', 32), 'chain.reseal', 'book:${stamp}' from account`,
  ]
}
