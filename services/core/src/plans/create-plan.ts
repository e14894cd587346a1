import type { Call } from '@pe/contracts/actor.ts'
import type { coreRoutes } from '@pe/contracts/core.ts'
import type { Plan } from '@pe/contracts/plans.ts'
import type { Input } from '@pe/contracts/route.ts'
import type { CoreDeps } from '../core-deps.ts'
import { orRefuseInstrument } from '../known-instrument.ts'
import { booksOf } from '../store/accounts.ts'
import { insertPlan, type NewPlanRow } from '../store/plans.ts'
import { draftPlan } from './draft-plan.ts'
import { draftLater } from './draft-plans.ts'
import { orRefuseArchived, orRefusePlan } from './judged-plan.ts'
import { getPlan } from './plans.ts'

/** Plans something that recurs; days that have passed bring their drafts at once. */
export async function createPlan(core: CoreDeps, { body }: Input<typeof coreRoutes.createPlan>, call: Call): Promise<Plan> {
  await orRefuseInstrument(core, call, body.instrumentId)
  const id = core.ids.next()
  await core.db.write({ call, action: 'plan.create', subject: `plan:${id}` }, async (tx) => {
    const named = body.cashAccountId === undefined ? [body.accountId] : [body.accountId, body.cashAccountId]
    const books = await booksOf(tx.sql, call.actor, named)
    const row: NewPlanRow = {
      id,
      name: body.name.trim(),
      accountId: body.accountId,
      cashAccountId: body.cashAccountId === body.accountId ? null : (body.cashAccountId ?? null),
      kind: body.kind,
      instrumentId: body.instrumentId ?? null,
      amount: body.amount,
      currency: body.currency ?? books.get(body.accountId)?.currency ?? '',
      fee: body.fee ?? '0',
      rhythm: body.rhythm,
      day: body.day,
      dayRule: body.dayRule,
      from: body.from,
      until: body.until ?? null,
      note: body.note ?? '',
      pausedOn: null,
      skippedThrough: null,
      createdAt: core.clock.now(),
    }
    orRefusePlan(row)
    orRefuseArchived(books)
    await insertPlan(tx.sql, call.actor, row)
    await draftPlan(core, call, id)
    await draftLater(core, call)
  })
  return await getPlan(core, { params: { planId: id } }, call)
}
