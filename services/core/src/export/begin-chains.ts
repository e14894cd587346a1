import type { WriteTx } from '@pe/platform/db/database.ts'
import { sql } from 'kysely'
import { actText, type RowText } from '../chain/acts.ts'
import { accountsWithBeside, sealAccounts, sealWhatStands } from '../store/beside-rows.ts'
import { appendToChains } from '../store/chain.ts'
import { journalColumns } from '../store/journal-text.ts'
import type { CoreTables } from '../store/tables.ts'

const piece = 2000

/**
 * The chains of the file's instance were sealed with its key: here they begin anew, with every transaction, what stands beside the journals and
 * the accounts themselves, by whoever took the book in. One walk over the journal in its own order, whatever account a row is of.
 */
export async function beginChainsOfBook(tx: WriteTx<CoreTables>, at: string): Promise<void> {
  const cursor = sql.ref('standing_journal')
  await sql`
    declare ${cursor} no scroll cursor for
    select json_strip_nulls(json_build_object(${await journalColumns(tx.sql)})) as row from transaction
    where organisation_id = ${sql.lit(tx.actor.organisationId)} order by date, sequence, id`.execute(tx.sql)
  for (;;) {
    const { rows } = await sql<{ row: RowText }>`fetch ${sql.lit(piece)} from ${cursor}`.execute(tx.sql)
    const acts = rows.map(({ row: { account_id: accountId = '', ...transaction } }) => ({
      accountId,
      what: actText({ act: 'stands', transaction }),
    }))
    await appendToChains(tx, at, acts)
    if (rows.length < piece) break
  }
  await sql`close ${cursor}`.execute(tx.sql)
  const own = (await accountsWithBeside(tx.sql)).filter(({ organisationId }) => organisationId === tx.actor.organisationId)
  await sealWhatStands(
    tx,
    at,
    own.map(({ accountId }) => accountId),
  )
  const accounts = await tx.sql.selectFrom('account').select('id').where('organisation_id', '=', tx.actor.organisationId).execute()
  await sealAccounts(
    tx,
    at,
    'stands-beside',
    accounts.map(({ id }) => id),
  )
}
