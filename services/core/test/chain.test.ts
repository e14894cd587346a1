import { keyedDigest } from '@pe/platform/keys/keys.ts'
import { quietClient } from '@pe/platform/postgres/probe.ts'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { verifyBook } from '../src/chain/verify-book.ts'
import { apple, type CoreUnderTest, coreUnderTest, row, vwce } from './core-service.ts'

let test: CoreUnderTest

beforeAll(async () => {
  test = await coreUnderTest()
})
afterAll(() => test.stop())

interface Entry {
  what: string
  digest: string
  by: string
}
const entriesOf = async (accountId: string) => {
  const { rows } = await sql<Entry>`
    select what, digest, by_user as by from chain_entry where account_id = ${accountId}::uuid order by number`.execute(test.look.sql)
  return rows
}
const acts = async (accountId: string) => (await entriesOf(accountId)).map(({ what }) => (JSON.parse(what) as { act: string }).act)
const proof = (accountId: string) => verifyBook(test.look.sql, test.deps.keys, new Map(), accountId)
const buy = { kind: 'buy', date: '2026-03-02', instrumentId: vwce, quantity: '2', price: '100.50', note: 'two "shares"' } as const

/** What may not happen to a service: somebody who may do everything does it. */
async function asSuperuser(statement: string): Promise<void> {
  const client = quietClient({ ...inject('testPostgres'), database: test.deps.db.connection.database })
  await client.connect()
  await client.query(`set search_path to core; ${statement}`)
  await client.end()
}

describe('the chain of an account', () => {
  it('tells what was stated exactly, and binds each entry to the one before', async () => {
    const { id } = await test.account()
    const { transaction } = await test.record(id, buy)
    await test.core.voidTransaction({ params: { transactionId: transaction.id }, body: { reason: 'wrong' }, ifMatch: 1 }, test.call)
    const [, recorded, voided] = await entriesOf(id)
    const { sequence, ...stated } = (JSON.parse(recorded?.what ?? '') as { transaction: Record<string, string> }).transaction
    expect(sequence).toMatch(/^\d+$/)
    expect(stated).toMatchObject({
      id: transaction.id,
      kind: 'buy',
      quantity: '2',
      price: '100.5',
      amount: '201',
      fee: '0',
      note: 'two "shares"',
      state: 'posted',
    })
    expect(voided?.what).toBe(`{"act":"voided","reason":"wrong","transaction":"${transaction.id}"}`)
    const { userId } = test.call.actor
    const text = `{"account":"${id}","at":"2026-11-22T12:00:00.000Z","by":"${userId}","number":3,"previous":"${recorded?.digest}","what":${voided?.what}}`
    expect(voided?.digest).toBe(keyedDigest(test.deps.keys.of('ledger-chain'), text))
  })

  it('grows by every writer: corrections, reinstatements, imports and their undoing', async () => {
    const { id } = await test.account()
    const { transaction } = await test.record(id, buy)
    const { kind, date, instrumentId } = transaction
    const body = { transaction: { kind, date, instrumentId: instrumentId ?? vwce, quantity: '3', amount: '300' } }
    await test.core.replaceTransaction({ params: { transactionId: transaction.id }, body, ifMatch: 1 }, test.call)
    expect(await acts(id)).toEqual(['account-opened', 'recorded', 'voided', 'recorded', 'replaced'])

    const importId = '01900000-0000-7000-8000-0000000000c1'
    const accounts = [{ key: 'depot', account: { name: 'Of a file', currency: 'EUR' } }]
    const transactions = Array.from({ length: 30 }, (_, at) => row(at + 1, { date: '2026-04-01' }))
    const batch = { importId, dryRun: false, skipRefused: false, accounts, portfolio: { name: 'Main', baseCurrency: 'EUR' }, transactions }
    const answer = await test.core.recordBatch({ body: batch }, test.call)
    const imported = answer.accounts[0]?.accountId ?? ''
    await test.core.undoBatch({ params: { importId }, body: {} }, test.call)
    expect(await acts(imported)).toEqual(['account-opened', 'recorded-rows', 'voided-rows', 'account-removed'])
    expect(await proof(imported)).toMatchObject({ entries: 4, transactions: 30, findings: [] })
  })

  it('leaves nothing behind by a write that was refused', async () => {
    const { id } = await test.account()
    await expect(test.record(id, { ...buy, kind: 'sell' })).rejects.toMatchObject({ code: 'not_enough_units' })
    expect(await acts(id)).toEqual(['account-opened'])
  })

  it('stays whole under writers at the same time', async () => {
    const { id } = await test.account()
    await Promise.all(Array.from({ length: 24 }, () => test.record(id, buy)))
    expect(await proof(id)).toMatchObject({ entries: 25, transactions: 24, findings: [] })
  })

  it('cannot be changed by the role of the service', async () => {
    const { db } = test.deps
    await expect(sql`delete from chain_entry`.execute(db.sql)).rejects.toThrow('permission denied')
    await expect(sql`update chain_entry set what = '{}'`.execute(db.sql)).rejects.toThrow('permission denied')
    await expect(sql`truncate chain_entry`.execute(db.sql)).rejects.toThrow('permission denied')
  })
})

describe('a book that is older than chains', () => {
  /** As migrations 0005 and 0021 find it. */
  async function olderBook(): Promise<string> {
    const { id } = await test.account()
    const { transaction } = await test.record(id, buy)
    await test.record(id, { ...buy, instrumentId: apple })
    await test.core.voidTransaction({ params: { transactionId: transaction.id }, body: {}, ifMatch: 1 }, test.call)
    await asSuperuser(
      `delete from chain_entry where account_id = '${id}'; update account set chain_length = null, chain_head = null, row_told = false where id = '${id}'`,
    )
    return id
  }

  it('is found nothing against until its chain begins', async () => {
    const id = await olderBook()
    expect(await proof(id)).toMatchObject({ without: 1, entries: 0, findings: [] })
  })

  it('begins its chain with what stands: at the start of the server, or with its next write', async () => {
    const [one, other] = [await olderBook(), await olderBook()]
    await test.record(one, buy)
    expect(await acts(one)).toEqual(['stands', 'stands', 'recorded'])
    await test.service.start?.()
    expect(await acts(other)).toEqual(['stands', 'stands', 'stands-beside'])
    expect(await acts(one)).toEqual(['stands', 'stands', 'recorded', 'stands-beside'])
    for (const id of [one, other]) expect(await proof(id)).toMatchObject({ without: 0, findings: [] })
  })
})
