import type { Call } from '@pe/contracts/actor.ts'
import { type Command, type CommandBody, commandBodies } from '@pe/contracts/commands.ts'
import { idempotently, type KeyedReply } from '@pe/platform/db/idempotently.ts'
import { keyedRequest } from '@pe/platform/http/keyed-request.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import { checkOf } from '@pe/platform/http/validation.ts'
import type { CommandTaker } from '@pe/platform/service.ts'
import type { CoreDeps } from '../core-deps.ts'
import { saveSheet } from '../sheet/save-sheet.ts'
import type { CoreTables } from '../store/tables.ts'
import { announceAccepted, announceRefused } from './answers.ts'
import { unlessRefused } from './unless-refused.ts'

const name = 'record-transactions'
const checkBody = checkOf(commandBodies[name], 'body')

/**
 * Transactions that were sent over the bus: recorded by the same use-case, and remembered under the same key, as a sheet over HTTP. A
 * refusal is answered with a fact and leaves nothing behind; trouble travels, so that the bus tries again.
 */
export function takeRecordTransactions(core: CoreDeps): CommandTaker<CoreTables> {
  return {
    command: name,
    async carryOut(command, tx) {
      const answer = await unlessRefused(tx.sql, () => recordOnce(core, command))
      if (answer instanceof Refused) await announceRefused(tx, command, answer)
      else await announceAccepted(tx, command, answer)
    },
  }
}

async function recordOnce(core: CoreDeps, command: Command): Promise<KeyedReply<unknown>> {
  const { idempotencyKey, by, transactions } = checkBody(command.body) as CommandBody<typeof name>
  orRefuseTimeZone(by.timeZone)
  const call: Call = { actor: { organisationId: command.organisationId, ...by }, traceId: command.traceId }
  const input = { body: { lines: transactions.map((stated, at) => ({ line: at + 1, ...stated })) } }
  return await idempotently(core.db, call, keyedRequest('saveSheet', input, idempotencyKey), () => saveSheet(core, input, call))
}

function orRefuseTimeZone(timeZone: string): void {
  try {
    new Intl.DateTimeFormat('en', { timeZone })
  } catch {
    throw new Refused('bad_request', `${timeZone} is no time zone`)
  }
}
