import type { Command } from '@pe/contracts/commands.ts'
import type { FactBody } from '@pe/contracts/facts.ts'
import type { WriteTx } from '@pe/platform/db/database.ts'
import type { KeyedReply } from '@pe/platform/db/idempotently.ts'
import type { Refused, RefusedDetail } from '@pe/platform/http/refused.ts'
import type { CoreTables } from '../store/tables.ts'

type Tx = WriteTx<CoreTables>

/** Rows that a refusal names: it travels to every listener, open browsers among them. */
const namedRows = 200

/** Answers keep the command's key: who sends several under one key hears of them in their order. */
export async function announceAccepted(tx: Tx, { id, key, body }: Command, { replayed }: KeyedReply<unknown>): Promise<void> {
  const { idempotencyKey, transactions } = body
  await tx.announce('transactions-accepted', key, { commandId: id, idempotencyKey, transactions: transactions.length, replayed })
}

export async function announceRefused(tx: Tx, command: Command, { code, detail, errors }: Refused): Promise<void> {
  const rows = errors.flatMap(rowOf)
  await tx.announce('transactions-refused', command.key, {
    commandId: command.id,
    idempotencyKey: keyOf(command.body),
    code,
    detail,
    rows: rows.slice(0, namedRows),
    refused: rows.length,
  })
}

/** A sheet names its lines `line 3`, validation `transactions.2.…`: both are the third row. */
function rowOf({ path, code = 'bad_request', detail, facts }: RefusedDetail): FactBody<'transactions-refused'>['rows'] {
  const line = /^line (\d+)$/.exec(path)?.[1]
  if (line !== undefined) return [{ row: Number(line), code, detail, ...(facts ? { facts } : {}) }]
  const at = /^transactions\.(\d+)/.exec(path)?.[1]
  return at === undefined ? [] : [{ row: Number(at) + 1, code, detail: `${path}: ${detail}` }]
}

/** Of a body that may be anything. */
function keyOf(body: unknown): string | null {
  const key = typeof body === 'object' && body !== null && 'idempotencyKey' in body ? body.idempotencyKey : null
  return typeof key === 'string' ? key : null
}
