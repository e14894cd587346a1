import type { Message } from '@pe/contracts/commands.ts'

/** A row of the outbox as node-postgres reads it. */
export interface OutboxRow {
  readonly seq: number
  /** xid8 as text. */
  readonly xid: string
  readonly id: string
  readonly name: string
  readonly organisation_id: string
  readonly key: string
  readonly at: Date
  readonly trace_id: string
  readonly body: unknown
}

export function readMessage(row: OutboxRow): Message {
  return {
    id: row.id,
    name: row.name,
    organisationId: row.organisation_id,
    key: row.key,
    at: row.at.toISOString(),
    traceId: row.trace_id,
    body: row.body,
  } as Message
}
