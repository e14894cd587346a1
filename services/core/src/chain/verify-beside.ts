import type { CoreSql } from '../core-deps.ts'
import { besideKey, besideRows, partiesOf } from '../store/beside-rows.ts'
import { type BesideAct, type BesideTable, besideTables, type RowText } from './acts.ts'
import { differences } from './differences.ts'
import type { Find, Finding } from './finding.ts'

/** What stands beside the journals of a database, by table and key: as many rows as acts of administration, however many transactions. */
export type Beside = ReadonlyMap<string, { readonly table: BesideTable; readonly row: RowText }>

export async function readBeside(db: CoreSql): Promise<Beside> {
  const found = new Map<string, { table: BesideTable; row: RowText }>()
  for (const table of besideTables) for (const row of await besideRows(db, table)) found.set(nameOf(table, row), { table, row })
  return found
}

/** What the chain of one account says of what stands beside its journal: of each row its last statement counts. */
export class BesideProof {
  readonly #told = new Map<string, { readonly entry: number; readonly table: BesideTable; readonly row: RowText }>()

  /** What stands when a chain begins to tell of it was never told before: who lets it begin again may not put anything else into its words. */
  tell(entry: number, { act, rows }: BesideAct, find: Find): void {
    for (const table of besideTables) {
      for (const row of rows[table] ?? []) {
        const name = nameOf(table, row)
        const before = this.#told.get(name)
        const differing = act === 'stands-beside' && before ? differences(before.row, row) : []
        if (differing.length > 0)
          find(entry, `says that ${nounOf(table, row)} stands otherwise than was told before, in ${differing.join(', ')}`)
        this.#told.set(name, { entry, table, row })
      }
    }
  }

  /** Holds the rows against what was told. Answers which ones were. */
  hold(beside: Beside, find: Find): Iterable<string> {
    for (const [name, { entry, table, row }] of this.#told) {
      const found = beside.get(name)?.row
      if (!found) find(entry, `tells of ${nounOf(table, row)}, which is missing`)
      else {
        const differing = differences(row, found)
        if (differing.length > 0) find(entry, `says otherwise than ${nounOf(table, row)} in ${differing.join(', ')}`)
      }
    }
    return this.#told.keys()
  }
}

/** Rows that no chain tells of; of one account those that concern it. */
export function unknownBeside(beside: Beside, told: ReadonlySet<string>, accountId?: string): Finding[] {
  const findings: Finding[] = []
  for (const [name, { table, row }] of beside) {
    if (told.has(name) || beginsLater(table, row)) continue
    const parties = table === 'account' ? [row.id ?? ''] : partiesOf(row)
    if (accountId !== undefined && !parties.includes(accountId)) continue
    const whose = accountId ?? parties[0] ?? null
    findings.push({
      accountId: whose,
      entry: null,
      transactionId: null,
      detail: `${nounOf(table, row)} stands there, but no chain knows it`,
    })
  }
  return findings
}

/** The row of an account from before chains told of it: the next start of the server lets its chain say how it stands. */
function beginsLater(table: BesideTable, row: RowText): boolean {
  return table === 'account' && row.row_told === 'false'
}

function nameOf(table: BesideTable, row: RowText): string {
  return `${table} ${besideKey(table, row)}`
}

/** A row in the words of a sentence. */
function nounOf(table: BesideTable, row: RowText): string {
  switch (table) {
    case 'account':
      return 'the account itself'
    case 'action_application':
      return `the corporate action ${row.id} (${row.kind} of ${row.ex_date}) as it was applied`
    case 'action_application_account':
      return `the choice of account ${row.account_id} for the corporate action ${row.application_id}`
    case 'balance_assertion':
      return `the balance ${row.id} of a statement of ${row.date}`
    case 'period_lock':
      return `the closed period ${row.id} (through ${row.closed_through})`
    case 'period_override':
      return `the change ${row.id} of a closed period`
  }
}
