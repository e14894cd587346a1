import { quietClient } from '@pe/platform/postgres/probe.ts'
import { testFiles } from '@pe/platform/testing/test-ports.ts'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type Anchoring, anchorChains, readAnchors } from '../src/chain/anchors.ts'
import { verifyBook } from '../src/chain/verify-book.ts'
import { actionsOfMarket, type CoreUnderTest, coreUnderTest, day, row, vwce } from './core-service.ts'

let test: CoreUnderTest

beforeAll(async () => {
  test = await coreUnderTest()
})
afterAll(() => test.stop())

const splitId = '01900000-0000-7000-8000-0000000000d1'
actionsOfMarket.set(splitId, {
  ...{ id: splitId, kind: 'split', ratio: { new: '2', old: '1' }, instrumentId: vwce, exDate: day('2026-03-02'), currency: 'EUR' },
  ...{ note: '', version: 1, recordedAt: '2026-01-01T00:00:00.000Z', removedAt: null },
})

const acts = async (accountId: string): Promise<string[]> => {
  const { rows } = await sql<{ act: string }>`
    select what::json->>'act' as act from chain_entry where account_id = ${accountId}::uuid order by number`.execute(test.look.sql)
  return rows.map(({ act }) => act)
}
const proof = (accountId?: string, anchors = new Map()) => verifyBook(test.look.sql, test.deps.keys, anchors, accountId)
const details = async (accountId?: string) => (await proof(accountId)).findings.map(({ entry, detail }) => ({ entry, detail }))

/** Somebody who has the database in hand: neither triggers nor rights hold him. */
async function asIntruder(...statements: readonly string[]): Promise<void> {
  const client = quietClient({ ...inject('testPostgres'), database: test.deps.db.connection.database })
  await client.connect()
  await client.query('set search_path to core; set session_replication_role = replica')
  for (const statement of statements) await client.query(statement)
  await client.end()
}

/** Does it, looks at what the proof says of the account, and puts everything back as it was. */
async function found(accountId: string, statement: string): Promise<unknown> {
  const client = quietClient({ ...inject('testPostgres'), database: test.deps.db.connection.database })
  await client.connect()
  const tables = ['account', 'action_application', 'action_application_account', 'period_lock', 'period_override', 'balance_assertion']
  await client.query('set search_path to core; set session_replication_role = replica')
  for (const table of tables) await client.query(`create temp table kept_${table} as table ${table}`)
  await client.query(statement)
  const said = await details(accountId)
  for (const table of tables) await client.query(`delete from ${table}; insert into ${table} overriding system value table kept_${table}`)
  await client.end()
  expect(await details(accountId)).toEqual([])
  return said
}

async function holder() {
  const { id } = await test.account()
  await test.record(id, { kind: 'buy', date: '2026-01-05', instrumentId: vwce, quantity: '10', amount: '1000' })
  return id
}
const apply = (...accounts: { accountId: string; cashAccountId?: string }[]) =>
  test.core.applyAction({ params: { actionId: splitId }, body: { accounts } }, test.call)
const close = (closedThrough: string, accountId?: string) =>
  test.core.closePeriod({ body: { closedThrough: day(closedThrough), reason: 'audited', ...(accountId ? { accountId } : {}) } }, test.call)

describe('what stands beside a journal', () => {
  it('is told by the chains of all that take part in a corporate action, applied and undone', async () => {
    const [depot, other, cash] = [await holder(), await holder(), (await test.account()).id]
    const { id: applicationId } = await apply({ accountId: depot, cashAccountId: cash }, { accountId: other })
    expect([await acts(depot), await acts(other), await acts(cash)]).toEqual([
      ['account-opened', 'recorded', 'action-applied'],
      ['account-opened', 'recorded', 'action-applied'],
      ['account-opened', 'action-applied'],
    ])
    const noun = `the corporate action ${applicationId} (split of 2026-03-02) as it was applied`
    const three = `update action_application set terms = '{"ratio": {"new": "3", "old": "1"}}' where id = '${applicationId}'`
    expect(await found(depot, three)).toEqual([{ entry: 3, detail: `says otherwise than ${noun} in terms` }])
    expect(await found(cash, `update action_application set ex_date = '2026-02-02' where id = '${applicationId}'`)).toEqual([
      { entry: 2, detail: `says otherwise than ${noun} in ex_date` },
    ])
    const choice = `the choice of account ${other} for the corporate action ${applicationId}`
    expect(await found(other, `delete from action_application_account where account_id = '${other}'`)).toEqual([
      { entry: 3, detail: `tells of ${choice}, which is missing` },
    ])
    expect(await found(depot, `delete from action_application where id = '${applicationId}'`)).toEqual([
      { entry: 3, detail: `tells of ${noun}, which is missing` },
    ])

    await test.core.undoActionApplication({ params: { applicationId }, body: {} }, test.call)
    expect(await acts(other)).toEqual(['account-opened', 'recorded', 'action-applied', 'action-undone'])
    const undoing = `update action_application set undone_at = null, undone_by = null, undone_legs = null where id = '${applicationId}'`
    expect(await found(other, undoing)).toEqual([{ entry: 4, detail: `says otherwise than ${noun} in undone_at, undone_by, undone_legs` }])
  })

  it('is told of a closed period: closed, changed nevertheless, reopened', async () => {
    const accountId = await holder()
    const lock = await close('2026-01-31', accountId)
    const late = { kind: 'deposit', date: day('2026-01-30'), amount: '1' } as const
    await test.core.recordTransaction({ params: { accountId }, body: late }, { ...test.call, override: 'late statement' })
    await test.core.reopenPeriod({ params: { lockId: lock.id }, body: {} }, test.call)
    expect(await acts(accountId)).toEqual([
      'account-opened',
      'recorded',
      'period-closed',
      'period-overridden',
      'recorded',
      'period-reopened',
    ])

    const reached = (through: string) => `the closed period ${lock.id} (through ${through})`
    expect(await found(accountId, `update period_lock set closed_through = '2026-01-01' where id = '${lock.id}'`)).toEqual([
      { entry: 6, detail: `says otherwise than ${reached('2026-01-31')} in closed_through` },
    ])
    expect(await found(accountId, `delete from period_lock where id = '${lock.id}'`)).toEqual([
      { entry: 6, detail: `tells of ${reached('2026-01-31')}, which is missing` },
    ])
    expect(await found(accountId, `update period_override set reason = 'none' where lock_id = '${lock.id}'`)).toEqual([
      { entry: 4, detail: expect.stringMatching(/^says otherwise than the change .{36} of a closed period in reason$/) },
    ])
    const one = '01900000-0000-7000-8000-0000000000d2'
    const added = `insert into period_lock select '${one}', organisation_id, account_id, '2026-06-30', reason, closed_at, closed_by from period_lock where id = '${lock.id}'`
    expect(await found(accountId, added)).toEqual([
      { entry: null, detail: `the closed period ${one} (through 2026-06-30) stands there, but no chain knows it` },
    ])
  })

  it('is told to all accounts of a period that all of them close, and needs no chain of one that was opened later', async () => {
    const before = await holder()
    const lock = await close('2025-12-31')
    const { id: later } = await test.account()
    expect([(await acts(before)).at(-1), await acts(later)]).toEqual(['period-closed', ['account-opened']])
    await test.core.reopenPeriod({ params: { lockId: lock.id }, body: {} }, test.call)
    expect([(await acts(before)).at(-1), await acts(later)]).toEqual(['period-reopened', ['account-opened', 'period-reopened']])
    expect(await details()).toEqual([])
    const open = `update period_lock set reopened_at = null, reopened_by = null, reopen_reason = null where id = '${lock.id}'`
    expect(await found(later, open)).toEqual([
      {
        entry: 2,
        detail: `says otherwise than the closed period ${lock.id} (through 2025-12-31) in reopen_reason, reopened_at, reopened_by`,
      },
    ])
  })

  it('is told of what statements say, and of what was withdrawn', async () => {
    const accountId = await holder()
    const body = { accountId, date: day('2026-03-31'), units: { instrumentId: vwce, quantity: '10' } }
    const { id: assertionId } = await test.core.assertBalance({ body }, test.call)
    expect(await found(accountId, `update balance_assertion set stated = 11 where id = '${assertionId}'`)).toEqual([
      { entry: 3, detail: `says otherwise than the balance ${assertionId} of a statement of 2026-03-31 in stated` },
    ])
    await test.core.withdrawAssertion({ params: { assertionId } }, test.call)
    expect(await acts(accountId)).toEqual(['account-opened', 'recorded', 'balance-stated', 'balance-withdrawn'])
    expect(await proof(accountId)).toMatchObject({ entries: 4, findings: [] })
  })
})

describe('the account itself', () => {
  it('is told by its chain as it is opened and changed, and every change behind our back is named', async () => {
    const accountId = await holder()
    const body = { name: `Depot ${accountId}`, allowsShort: false, archivedOn: day('2026-06-30'), openedOn: day('2026-01-01') }
    await test.core.changeAccount({ params: { accountId }, body, ifMatch: 1 }, test.call)
    expect(await acts(accountId)).toEqual(['account-opened', 'recorded', 'account-changed'])
    const tampered = async (set: string) => await found(accountId, `update account set ${set} where id = '${accountId}'`)
    const otherwise = (column: string) => [{ entry: 3, detail: `says otherwise than the account itself in ${column}` }]
    expect(await tampered(`removed_at = now()`)).toEqual(otherwise('removed_at'))
    expect(await tampered(`currency = 'USD'`)).toEqual(otherwise('currency'))
    expect(await tampered('allows_short = true')).toEqual(otherwise('allows_short'))
    expect(await tampered('opened_on = null')).toEqual(otherwise('opened_on'))
    expect(await tampered(`archived_on = '2026-12-31'`)).toEqual(otherwise('archived_on'))
    expect(await tampered(`name = 'Another'`)).toEqual(otherwise('name'))
    expect(await tampered('row_told = false')).toEqual(otherwise('row_told'))
    // For caches; it states nothing.
    expect(await tampered('book_version = book_version + 1')).toEqual([])
  })

  it('is told when an undone import takes it away', async () => {
    const importId = '01900000-0000-7000-8000-0000000000d4'
    const accounts = [{ key: 'depot', account: { name: 'Opened by a file', currency: 'EUR' } }]
    const transactions = [row(1, { date: '2026-04-01' })]
    const batch = {
      importId,
      dryRun: false,
      skipRefused: false,
      accounts,
      portfolio: { name: 'Of a file', baseCurrency: 'EUR' },
      transactions,
    }
    const accountId = (await test.core.recordBatch({ body: batch }, test.call)).accounts[0]?.accountId ?? ''
    await test.core.undoBatch({ params: { importId }, body: {} }, test.call)
    expect((await acts(accountId)).at(-1)).toBe('account-removed')
    expect(await found(accountId, `update account set removed_at = null where id = '${accountId}'`)).toMatchObject([
      { detail: 'says otherwise than the account itself in removed_at' },
    ])
  })

  it('is found when nobody opened it', async () => {
    const accountId = await holder()
    const one = '01900000-0000-7000-8000-0000000000d3'
    const added = `insert into account select (jsonb_populate_record(account, '{"id": "${one}", "name": "Added", "chain_length": 0, "chain_head": null}')).*
      from account where id = '${accountId}'`
    expect(await found(one, added)).toEqual([{ entry: null, detail: 'the account itself stands there, but no chain knows it' }])
  })

  it('is told as it stands by the next start of a server that knows more than the one before, once', async () => {
    const accountId = await holder()
    // As migration 0021 finds it.
    await asIntruder(
      `delete from chain_entry where account_id = '${accountId}'`,
      `delete from transaction where account_id = '${accountId}'`,
      `update account set chain_length = 0, chain_head = null, row_told = false where id = '${accountId}'`,
    )
    expect(await proof(accountId)).toMatchObject({ entries: 0, findings: [] })
    await test.service.start?.()
    await test.service.start?.()
    expect(await acts(accountId)).toEqual(['stands-beside'])
    expect(await found(accountId, `update account set currency = 'USD' where id = '${accountId}'`)).toEqual([
      { entry: 1, detail: 'says otherwise than the account itself in currency' },
    ])
  })

  it('is not told anew as it was tampered with: what stands when a chain begins to tell of it was never told before', async () => {
    const accountId = await holder()
    await asIntruder(`update account set currency = 'USD', row_told = false where id = '${accountId}'`)
    await test.service.start?.()
    expect(await acts(accountId)).toEqual(['account-opened', 'recorded', 'stands-beside'])
    expect(await details(accountId)).toEqual([
      { entry: 3, detail: 'says that the account itself stands otherwise than was told before, in currency' },
    ])
    const end = `chain_length = 2, chain_head = (select digest from chain_entry where account_id = '${accountId}' and number = 2)`
    await asIntruder(
      `delete from chain_entry where account_id = '${accountId}' and number > 2`,
      `update account set currency = 'EUR', ${end} where id = '${accountId}'`,
    )
    expect(await details(accountId)).toEqual([])
  })
})

describe('a book from before its chains told of that', () => {
  const older = async () => {
    const accountId = await holder()
    await apply({ accountId })
    await close('2025-12-31', accountId)
    const recorded = `delete from chain_entry where account_id = '${accountId}' and number > 2`
    const end = `update account set chain_length = 2, chain_head = (select digest from chain_entry where account_id = '${accountId}' and number = 2) where id = '${accountId}'`
    await asIntruder(recorded, end, 'delete from chain_seal')
    return accountId
  }

  it('is proved as it is, and says what stands with the next start of the server, once', async () => {
    const accountId = await older()
    expect(await proof(accountId)).toMatchObject({ entries: 2, findings: [] })
    await test.service.start?.()
    expect(await acts(accountId)).toEqual(['account-opened', 'recorded', 'stands-beside'])
    await test.service.start?.()
    expect(await proof(accountId)).toMatchObject({ entries: 3, findings: [] })
  })

  it('is not what a book becomes that has lost its seal: the second place knows it', async () => {
    const anchoring: Anchoring = { ...test.deps, anchors: testFiles() }
    await anchorChains(anchoring)
    const anchors = await readAnchors(anchoring.anchors, test.deps.keys)
    expect((await proof(undefined, anchors)).findings).toEqual([])
    const { rows } = await sql<{ digest: string }>`select digest from chain_seal`.execute(test.look.sql)
    await asIntruder('create table core.kept_seal as table chain_seal', 'delete from chain_seal')
    const detail = 'the seal of the book (chain_seal) was changed or taken away'
    expect((await proof(undefined, anchors)).findings).toMatchObject([{ accountId: null, detail }])
    await asIntruder(
      'insert into chain_seal table core.kept_seal',
      'drop table core.kept_seal',
      `update chain_seal set beside_since = beside_since + interval '1 day'`,
    )
    expect((await proof()).findings).toMatchObject([{ accountId: null, detail }])
    await asIntruder(`update chain_seal set beside_since = beside_since - interval '1 day'`)
    expect((await proof(undefined, anchors)).findings).toEqual([])
    expect(rows).toHaveLength(1)
  })
})
