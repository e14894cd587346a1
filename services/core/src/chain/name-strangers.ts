import type { CoreSql } from '../core-deps.ts'
import { readChain } from '../store/chain-reading.ts'
import { journalText, type TextColumns } from '../store/journal-text.ts'
import type { Find } from './finding.ts'
import { readAct } from './read-act.ts'

const page = 2500

/**
 * Names the rows of a journal that are there, void or replaced without an entry that says so. Only where their count is not what the chain
 * tells: it holds every id of the account. Answers how many it has named.
 */
export async function nameStrangers(db: CoreSql, columns: TextColumns, accountId: string, find: Find): Promise<number> {
  const told = await toldIds(db, accountId)
  let named = 0
  const name = (id: string, detail: string): void => {
    named += 1
    find(null, detail, id)
  }
  for await (const rows of journalText(db, columns, accountId, page)) {
    for (const { id, row } of rows) {
      if (!told.recorded.has(id)) name(id, 'stands in the journal, but the chain does not know it')
      else if (row.state === 'void' && !told.void.has(id)) name(id, 'is void in the journal, but not by its chain')
      else if (row.replaced_by !== undefined && !told.replaced.has(id)) name(id, 'is replaced in the journal, but not by its chain')
    }
  }
  return named
}

async function toldIds(db: CoreSql, accountId: string) {
  const told = { recorded: new Set<string>(), void: new Set<string>(), replaced: new Set<string>() }
  for await (const entries of readChain(db, accountId)) {
    for (const { what } of entries) {
      const act = readAct(what)
      if (act?.act === 'recorded' || act?.act === 'stands') {
        const { id = '', state, replaced_by: by } = act.transaction
        told.recorded.add(id)
        if (state === 'void') told.void.add(id)
        if (by !== undefined) told.replaced.add(id)
      } else if (act?.act === 'recorded-rows') {
        const at = act.columns.indexOf('id')
        for (const row of act.rows) told.recorded.add(row[at] ?? '')
      } else if (act?.act === 'voided') told.void.add(act.transaction)
      else if (act?.act === 'voided-rows') for (const id of act.transactions) told.void.add(id)
      else if (act?.act === 'replaced') told.replaced.add(act.transaction)
    }
  }
  return told
}
