import { openDatabase } from '@pe/platform/db/open-database.ts'
import type { ServiceDatabase } from '@pe/platform/db/service-database.ts'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import type { ChainEnd } from '../src/chain/link.ts'
import { verifyBook } from '../src/chain/verify-book.ts'
import type { CoreTables } from '../src/store/tables.ts'
import { apple, type CoreUnderTest, coreUnderTest, row, vwce } from './core-service.ts'
import { Chance, flipped } from './tampering.ts'

const rounds = 1000
const importId = '01900000-0000-7000-8000-000000000011'

let test: CoreUnderTest
/** The same schema, reached by who may do everything; the triggers of the journal do not hold him. */
let intruder: ServiceDatabase<CoreTables>
let anchors: Map<string, ChainEnd>

beforeAll(async () => {
  test = await coreUnderTest()
  const { clock, ids, keys, log, connection } = test.deps.db
  const server = inject('testPostgres')
  intruder = await openDatabase<CoreTables>({
    ...{ service: 'core', clock, ids, keys, log, mayLoseCommits: true, poolSize: 1 },
    connection: { ...server, database: connection.database },
  })
  await intruder.pool.query('set session_replication_role = replica')
  await aBook()
  const { rows } = await sql<{ id: string; length: string; digest: string }>`
    select id, chain_length::text as length, chain_head as digest from account`.execute(test.deps.db.sql)
  anchors = new Map(rows.map(({ id, length, digest }) => [id, { length: Number(length), digest }]))
})
afterAll(async () => {
  await intruder.close()
  await test.stop()
})

/** Two accounts with all that can happen to a journal: recorded, corrected, voided, reinstated, drafts, an import, lots that were chosen. */
async function aBook(): Promise<void> {
  const [depot, cash] = [await test.account(), await test.account({ currency: 'USD' })]
  const bought = await test.record(depot.id, {
    kind: 'buy',
    date: '2026-01-05',
    instrumentId: vwce,
    quantity: '6',
    price: '100.5',
    fee: '4.9',
  })
  const { id: lot } = bought.transaction
  const lots = [{ transactionId: lot, quantity: '2' }]
  await test.record(depot.id, {
    kind: 'sell',
    date: '2026-02-02',
    instrumentId: vwce,
    quantity: '2',
    amount: '240',
    lots,
    note: 'too many\n"eggs"',
  })
  const deposit = { kind: 'deposit', date: '2026-01-02', time: '09:30:00', amount: '1000.10', cashAccountId: cash.id } as const
  const { transaction } = await test.record(depot.id, { ...deposit, rate: { from: 'EUR', to: 'USD', value: '1.25' }, cashCurrency: 'USD' })
  const params = { transactionId: transaction.id }
  await test.core.voidTransaction({ params, body: { reason: 'twice' }, ifMatch: 1 }, test.call)
  await test.core.reinstateTransaction({ params, body: {} }, test.call)
  const draft = await test.record(cash.id, {
    kind: 'buy',
    date: '2026-03-02',
    instrumentId: apple,
    quantity: '1',
    amount: '180',
    state: 'draft',
  })
  const corrected = { kind: 'buy', date: draft.transaction.date, instrumentId: apple, quantity: '2', amount: '360' } as const
  await test.core.replaceTransaction(
    { params: { transactionId: draft.transaction.id }, body: { transaction: corrected }, ifMatch: 1 },
    test.call,
  )
  await test.core.recordBatch(
    {
      body: {
        ...{ importId, dryRun: false, skipRefused: false, portfolio: { name: 'Main', baseCurrency: 'EUR' } },
        accounts: [{ key: 'depot', account: { name: 'Imported', currency: 'EUR' } }],
        // So many that one entry holds them all.
        transactions: Array.from({ length: 21 }, (_, at) => row(at + 1, { date: `2026-04-${String(at + 1).padStart(2, '0')}` })),
      },
    },
    test.call,
  )
}

const proof = (known = anchors) => verifyBook(intruder.sql, test.deps.keys, known)

it('a book that nobody touched is proved, entry by entry', async () => {
  const { findings, ...counts } = await proof()
  expect(findings).toEqual([])
  expect(counts).toEqual({ accounts: 3, without: 0, entries: 11, transactions: 27 })
})

interface Entry {
  readonly account: string
  readonly number: string
}
interface Row {
  readonly table: 'chain_entry' | 'transaction'
  readonly place: string
  readonly content: Record<string, unknown>
  readonly columns: readonly { readonly name: string; readonly type: string }[]
}

/** What there is to tamper with: every round finds it as it was. */
interface Loot {
  readonly entries: readonly Entry[]
  readonly rows: readonly Row[]
  readonly transactionIds: readonly string[]
}
type Tamper = (chance: Chance, loot: Loot) => Promise<string>

async function loot(): Promise<Loot> {
  const { rows: entries } = await sql<Entry>`
    select account_id as account, number::text as number from chain_entry order by account_id, number`.execute(intruder.sql)
  const rows = [...(await rowsOf('chain_entry')), ...(await rowsOf('transaction'))]
  return { entries, rows, transactionIds: rows.flatMap(({ table, content }) => (table === 'transaction' ? [String(content.id)] : [])) }
}

async function rowsOf(table: Row['table']): Promise<Row[]> {
  const { rows } = await sql<Pick<Row, 'place' | 'content'>>`
    select ctid::text as place, to_jsonb(t) as content from ${sql.table(table)} as t order by ctid`.execute(intruder.sql)
  const { rows: columns } = await sql<Row['columns'][number]>`
    select attname as name, atttypid::regtype::text as type from pg_attribute
    where attrelid = ${table}::regclass and attnum > 0 and not attisdropped and attname <> 'change'`.execute(intruder.sql)
  return rows.map((row) => ({ ...row, table, columns }))
}

const here = (entry: Entry) => sql`account_id = ${entry.account}::uuid and number = ${entry.number}::bigint`

async function flip(chance: Chance, { rows }: Loot): Promise<string> {
  const { table, place, content, columns } = chance.of(rows)
  const { name, type } = chance.of(columns)
  const value = content[name] ?? null
  const text = value === null || typeof value === 'string' ? value : JSON.stringify(value)
  await sql`update ${sql.table(table)} set ${sql.ref(name)} = ${flipped({ name, type, value: text }, chance)} where ctid = ${place}::tid`.execute(
    intruder.sql,
  )
  return `flip ${name} of ${table} ${JSON.stringify(content)}`
}

const tampers: readonly Tamper[] = [
  flip,
  flip,
  flip,
  async function deleteEntry(chance, { entries }) {
    const entry = chance.of(entries)
    await sql`delete from chain_entry where ${here(entry)}`.execute(intruder.sql)
    return `delete entry ${entry.number}`
  },
  async function deleteTransaction(chance, { transactionIds }) {
    const id = chance.of(transactionIds)
    await sql`delete from transaction where id = ${id}`.execute(intruder.sql)
    return `delete transaction ${id}`
  },
  async function reorder(chance, { entries }) {
    const one = chance.of(entries)
    const other = chance.of(entries.filter((entry) => entry !== one))
    const whole = chance.below(2) === 0 ? sql`what, at, by_user, digest` : sql`what, at, by_user`
    const both = sql`select what, at, by_user, digest from chain_entry`
    await sql`
      with one as (${both} where ${here(one)}), other as (${both} where ${here(other)}),
        first as (update chain_entry set (${whole}) = (select ${whole} from other) where ${here(one)})
      update chain_entry set (${whole}) = (select ${whole} from one) where ${here(other)}`.execute(intruder.sql)
    return `put entries ${one.number} and ${other.number} in each other's place`
  },
  async function truncate(chance, { entries }) {
    const { account, number } = chance.of(entries)
    // As thorough as can be: the account's claim and the journal go back along with the chain.
    await sql`delete from transaction where account_id = ${account}::uuid and id::text in (
      select what::jsonb->'transaction'->>'id' from chain_entry
      where account_id = ${account}::uuid and number >= ${number}::bigint and what::jsonb->>'act' = 'recorded'
      union all select stated->>0 from chain_entry, jsonb_array_elements(what::jsonb->'rows') as stated
      where account_id = ${account}::uuid and number >= ${number}::bigint and what::jsonb->>'act' = 'recorded-rows')`.execute(intruder.sql)
    await sql`update transaction set state = recorded_state, void_reason = null, voided_at = null, voided_by = null, version = 1
      where account_id = ${account}::uuid and id::text in (
      select what::jsonb->>'transaction' from chain_entry
      where account_id = ${account}::uuid and number >= ${number}::bigint and what::jsonb->>'act' = 'voided')`.execute(intruder.sql)
    await sql`update transaction set replaced_by = null where account_id = ${account}::uuid and id::text in (
      select what::jsonb->>'transaction' from chain_entry
      where account_id = ${account}::uuid and number >= ${number}::bigint and what::jsonb->>'act' = 'replaced')`.execute(intruder.sql)
    await sql`delete from chain_entry where account_id = ${account}::uuid and number >= ${number}::bigint`.execute(intruder.sql)
    await sql`update account set chain_length = ${number}::bigint - 1,
      chain_head = (select digest from chain_entry where account_id = ${account}::uuid and number = ${number}::bigint - 1)
      where id = ${account}::uuid`.execute(intruder.sql)
    return `truncate ${account} before ${number}`
  },
]

class Undo extends Error {}

it(`${rounds} bit flips, deletions, reorderings and truncations are found, all of them`, async () => {
  const seed = Date.now() % 1_000_000
  const chance = new Chance(seed)
  const unseen: string[] = []
  const found = await loot()
  let truncations = 0
  for (let done = 0; done < rounds; ) {
    const attempt = async () => {
      const said = await chance.of(tampers)(chance, found)
      done += 1
      const { findings } = await proof()
      if (findings.length === 0) unseen.push(said)
      if (said.startsWith('truncate') && truncations === 0) {
        truncations += 1
        // Only the second place knows: without anchors there would be nothing to see.
        expect((await proof(new Map())).findings).toEqual([])
      }
      throw new Undo()
    }
    await intruder.transaction(attempt).catch((trouble: unknown) => {
      // What a constraint does not let through was no tampering: another is tried.
      const refused = trouble instanceof Error && 'code' in trouble && /^(22|23)/.test(String(trouble.code))
      if (!(trouble instanceof Undo) && !refused) throw trouble
    })
  }
  expect(unseen, `seed ${seed}`).toEqual([])
  expect((await proof()).findings).toEqual([])
}, 60_000)
