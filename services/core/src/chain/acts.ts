/** Columns of a journal row by name, as text; what is null is left out. */
export type RowText = Readonly<Record<string, string>>

/**
 * What can happen to a journal. `transaction` holds the columns as they were written, decimals exactly; what the entry itself says (account,
 * organisation, who, when) is not repeated. `stands` is how a transaction stood when the chain of an older book began: all its columns.
 */
export type Act =
  | { readonly act: 'recorded'; readonly transaction: RowText }
  | { readonly act: 'voided'; readonly reason?: string; readonly transaction: string }
  | { readonly act: 'replaced'; readonly transaction: string; readonly by: string }
  | { readonly act: 'stands'; readonly transaction: RowText }

/** JSON with sorted keys and no spaces, so that the same act is always the same text. Lone surrogates become what the database stores. */
export function actText(act: Act): string {
  const { transaction } = act
  const by = act.act === 'replaced' ? `"by":${textOf(act.by)},` : ''
  const reason = act.act === 'voided' && act.reason !== undefined ? `"reason":${textOf(act.reason)},` : ''
  return `{"act":"${act.act}",${by}${reason}"transaction":${typeof transaction === 'string' ? textOf(transaction) : rowText(transaction)}}`
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
