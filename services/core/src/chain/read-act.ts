import { type Act, besideActs, besideKeys, type RowText } from './acts.ts'

/** An act from the text of an entry. Somebody may have changed the text: what is no act is none. */
export function readAct(what: string): Act | undefined {
  try {
    const said: unknown = JSON.parse(what)
    return isObject(said) && isAct(said) ? (said as unknown as Act) : undefined
  } catch {
    return undefined
  }
}

function isAct({ act, transaction, transactions, columns, rows }: Record<string, unknown>): boolean {
  switch (act) {
    case 'recorded':
    case 'stands':
      return isRow(transaction)
    case 'voided':
    case 'replaced':
      return typeof transaction === 'string'
    case 'voided-rows':
      return isTexts(transactions)
    case 'recorded-rows':
      return isTexts(columns) && Array.isArray(rows) && rows.every(isTexts)
    default:
      return besideActs.some((name) => name === act) && isObject(rows) && Object.entries(rows).every(isRowsOfTable)
  }
}

function isRowsOfTable([table, rows]: [string, unknown]): boolean {
  return Object.hasOwn(besideKeys, table) && Array.isArray(rows) && rows.every(isRow)
}

function isRow(value: unknown): value is RowText {
  return isObject(value) && Object.values(value).every((text) => typeof text === 'string')
}

function isTexts(list: unknown): boolean {
  return Array.isArray(list) && list.every((text) => text === null || typeof text === 'string')
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}
