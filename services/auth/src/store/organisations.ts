import type { Organisation } from '@pe/contracts/organisation.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import { sql } from 'kysely'
import type { AuthSql } from '../auth-deps.ts'

export async function readOrganisation(db: AuthSql, organisationId: string): Promise<Organisation> {
  return await found(organisationQuery(db, organisationId).executeTakeFirst())
}

/** Whoever changes the organisation, or who of its people may do what, does so one after the other. */
export async function lockOrganisation(db: AuthSql, organisationId: string): Promise<Organisation> {
  return await found(organisationQuery(db, organisationId).forUpdate().executeTakeFirst())
}

export async function updateOrganisation(
  db: AuthSql,
  { id, name, allowedAddresses }: Pick<Organisation, 'id' | 'name' | 'allowedAddresses'>,
): Promise<void> {
  await db
    .updateTable('organisation')
    .set({ name, allowed_addresses: allowedAddresses, version: sql`version + 1` })
    .where('id', '=', id)
    .execute()
}

function organisationQuery(db: AuthSql, id: string) {
  return db.selectFrom('organisation').select(['id', 'name', 'allowed_addresses as allowedAddresses', 'version']).where('id', '=', id)
}

async function found(query: Promise<Organisation | undefined>): Promise<Organisation> {
  const organisation = await query
  if (!organisation) throw new Refused('not_found', 'there is no such organisation')
  return organisation
}
