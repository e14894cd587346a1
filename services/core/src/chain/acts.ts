/** Columns of a journal row by name, as text; what is null is left out. */
export type RowText = Readonly<Record<string, string>>

/**
 * What can happen to a journal. `transaction` holds the columns as they were written, decimals exactly; what the entry itself says (account,
 * organisation, who, when) is not repeated. `recorded-rows` are many recorded in one go, each a list in the order of `columns`. `stands` is
 * how a transaction stood when the chain of an older book began: all its columns. What happens beside the journal states the rows that it
 * leaves, whole: the last statement of a row is how it must stand.
 */
export type Act =
  | { readonly act: 'recorded'; readonly transaction: RowText }
  | RecordedRows
  | VoidedRows
  | { readonly act: 'voided'; readonly reason?: string; readonly transaction: string }
  | { readonly act: 'replaced'; readonly transaction: string; readonly by: string }
  | { readonly act: 'stands'; readonly transaction: RowText }
  | BesideAct

/** Many voided in one go. */
export interface VoidedRows {
  readonly act: 'voided-rows'
  readonly reason?: string
  readonly transactions: readonly string[]
}

export interface RecordedRows {
  readonly act: 'recorded-rows'
  readonly columns: readonly string[]
  readonly rows: readonly (readonly (string | null)[])[]
}

/** The account itself, and tables beside its journal that say something of it; by which columns a row of each is known. In the order of their names. */
export const besideKeys = {
  account: ['id'],
  action_application: ['id'],
  action_application_account: ['application_id', 'account_id'],
  balance_assertion: ['id'],
  period_lock: ['id'],
  period_override: ['id'],
} as const
export type BesideTable = keyof typeof besideKeys
export const besideTables = Object.keys(besideKeys) as BesideTable[]
export type BesideRows = Readonly<Partial<Record<BesideTable, readonly RowText[]>>>

/** `stands-beside` is what stood beside the journal, or as the account's own row, when its chain began to tell of it. */
export const besideActs = [
  'account-changed',
  'account-opened',
  'account-removed',
  'action-applied',
  'action-undone',
  'balance-stated',
  'balance-withdrawn',
  'period-closed',
  'period-overridden',
  'period-reopened',
  'stands-beside',
] as const
export type BesideActName = (typeof besideActs)[number]

export interface BesideAct {
  readonly act: BesideActName
  readonly rows: BesideRows
}

/** JSON with sorted keys and no spaces, so that the same act is always the same text. Lone surrogates become what the database stores. */
export function actText(act: Act): string {
  if (act.act === 'recorded-rows') return recordedRowsText(act.columns, wellFormed(JSON.stringify(act.rows)))
  if (act.act === 'voided-rows') return `{"act":"voided-rows",${reasonText(act)}"transactions":${JSON.stringify(act.transactions)}}`
  if ('rows' in act) return `{"act":"${act.act}","rows":{${besideText(act.rows)}}}`
  const { transaction } = act
  const by = act.act === 'replaced' ? `"by":${textOf(act.by)},` : ''
  const reason = act.act === 'voided' ? reasonText(act) : ''
  return `{"act":"${act.act}",${by}${reason}"transaction":${typeof transaction === 'string' ? textOf(transaction) : rowText(transaction)}}`
}

function besideText(rows: BesideRows): string {
  return besideTables.flatMap((table) => (rows[table]?.length ? [`"${table}":[${rows[table].map(rowText).join(',')}]`] : [])).join(',')
}

function reasonText({ reason }: { readonly reason?: string }): string {
  return reason === undefined ? '' : `"reason":${textOf(reason)},`
}

/** The same from rows that are JSON already. */
export function recordedRowsText(columns: readonly string[], rows: string): string {
  return `{"act":"recorded-rows","columns":${JSON.stringify(columns)},"rows":${rows}}`
}

/** JSON of a lone surrogate is its escape, which no database text can hold. */
export function wellFormed(json: string): string {
  return json.includes('\\ud')
    ? JSON.stringify(JSON.parse(json), (_, value: unknown) => (typeof value === 'string' ? value.toWellFormed() : value))
    : json
}

function rowText(row: RowText): string {
  let text = ''
  for (const name of Object.keys(row).sort()) text += `${text === '' ? '' : ','}"${name}":${textOf(row[name] ?? '')}`
  return `{${text}}`
}

/** Ids, numbers, days, codes: most of what there is, and JSON as it stands. */
const plain = /^[\w.:+ -]*$/

function textOf(value: string): string {
  if (plain.test(value)) return `"${value}"`
  return JSON.stringify(value.isWellFormed() ? value : value.toWellFormed())
}
