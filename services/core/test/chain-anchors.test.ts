import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { quietClient } from '@pe/platform/postgres/probe.ts'
import { testFiles } from '@pe/platform/testing/test-ports.ts'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { type Anchoring, anchorChains, readAnchors } from '../src/chain/anchors.ts'
import { verifyBook } from '../src/chain/verify-book.ts'
import { type CoreUnderTest, coreUnderTest } from './core-service.ts'

let test: CoreUnderTest
let anchoring: Anchoring

beforeAll(async () => {
  test = await coreUnderTest()
  anchoring = { ...test.deps, anchors: testFiles() }
})
afterAll(() => test.stop())

it('an end that was noted stays noted when the chain goes back, and the proof names what is missing', async () => {
  const { id } = await test.account()
  const deposit = { kind: 'deposit', date: '2026-03-02', amount: '10' } as const
  for (let times = 0; times < 3; times += 1) await test.record(id, deposit)
  // the chain of the account, and the seal of the book
  expect(await anchorChains(anchoring)).toBe(2)
  expect(await anchorChains(anchoring)).toBe(0)

  const client = quietClient({ ...inject('testPostgres'), database: test.deps.db.connection.database })
  await client.connect()
  await client.query(`set search_path to core; set session_replication_role = replica`)
  await client.query(
    `delete from chain_entry where number > 2; update account set chain_length = 2, chain_head = (select digest from chain_entry where number = 2)`,
  )
  await client.query(
    `delete from transaction where id::text not in (select what::jsonb->'transaction'->>'id' from chain_entry where number = 2)`,
  )
  await client.end()

  expect(await anchorChains(anchoring)).toBe(0)
  expect(test.deps.log.lines.filter(({ action }) => action === 'chain.anchor')).toHaveLength(1)
  const anchors = await readAnchors(anchoring.anchors, test.deps.keys)
  expect(anchors.get(id)?.length).toBe(4)
  const { findings } = await verifyBook(test.look.sql, test.deps.keys, anchors)
  expect(findings).toMatchObject([{ accountId: id, entry: 3, detail: 'to 4 are missing: the anchor knows 4' }])
})

it('a note that somebody without the key has changed is not believed', async () => {
  const { anchors } = anchoring
  const note = await text(await anchors.get('core/chain-ends.json'))
  await anchors.put('core/chain-ends.json', Readable.from([note.replace('"length":4', '"length":2')]))
  await expect(readAnchors(anchors, test.deps.keys)).rejects.toThrow('were changed')
})
