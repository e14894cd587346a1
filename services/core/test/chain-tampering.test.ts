import { openDatabase } from '@pe/platform/db/open-database.ts'
import type { ServiceDatabase } from '@pe/platform/db/service-database.ts'
import type { ChainEnd } from '@pe/platform/keys/noted-ends.ts'
import { Chance, flipped } from '@pe/platform/testing/tampering.ts'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { type BesideActName, type BesideTable, besideActs, besideTables } from '../src/chain/acts.ts'
import { verifyBook } from '../src/chain/verify-book.ts'
import type { CoreTables } from '../src/store/tables.ts'
import { actionsOfMarket, apple, type CoreUnderTest, coreUnderTest, day, row, vwce } from './core-service.ts'

const rounds = 1000
const importId = '01900000-0000-7000-8000-000000000011'
const splitId = '01900000-0000-7000-8000-000000000012'

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
  // A column that numbers itself would refuse a flip.
  await intruder.pool.query('alter table action_application alter column place drop identity')
  const { rows } = await sql<{ id: string; length: string; digest: string }>`
    select id, chain_length::text as length, chain_head as digest from account`.execute(test.look.sql)
  anchors = new Map(rows.map(({ id, length, digest }) => [id, { length: Number(length), digest }]))
})
afterAll(async () => {
  await intruder.close()
  await test.stop()
})

/**
 * Two accounts with all that can happen to a journal (recorded, corrected, voided, reinstated, drafts, an import, lots that were chosen) and
 * beside it (a split applied and undone, one that stands, closed periods and a change of one, balances of statements), and to an account itself.
 */
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
  await besideTheJournals(depot.id, cash.id)
  const rules = { openedOn: day('2026-01-01'), allowsShort: true }
  await test.core.changeAccount({ params: { accountId: depot.id }, body: rules, ifMatch: 1 }, test.call)
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

async function besideTheJournals(accountId: string, cashAccountId: string): Promise<void> {
  const common = { instrumentId: vwce, exDate: day('2026-03-02'), currency: 'EUR', note: '', version: 1 }
  const recorded = { recordedAt: '2026-01-01T00:00:00.000Z', removedAt: null }
  actionsOfMarket.set(splitId, { id: splitId, kind: 'split', ratio: { new: '2', old: '1' }, ...common, ...recorded })
  const apply = () =>
    test.core.applyAction({ params: { actionId: splitId }, body: { accounts: [{ accountId, cashAccountId }] } }, test.call)
  const { id: applicationId } = await apply()
  await test.core.undoActionApplication({ params: { applicationId }, body: {} }, test.call)
  await apply()
  const { id: lockId } = await test.core.closePeriod(
    { body: { accountId, closedThrough: day('2026-01-31'), reason: 'audited' } },
    test.call,
  )
  await test.core.closePeriod({ body: { closedThrough: day('2025-12-31') } }, test.call)
  const late = { kind: 'deposit', date: day('2026-01-30'), amount: '1' } as const
  await test.core.recordTransaction({ params: { accountId }, body: late }, { ...test.call, override: 'late statement' })
  await test.core.reopenPeriod({ params: { lockId }, body: { reason: 'bank corrected' } }, test.call)
  const statement = { accountId, date: day('2026-03-31'), units: { instrumentId: vwce, quantity: '8' } }
  const { id: assertionId } = await test.core.assertBalance({ body: statement }, test.call)
  await test.core.assertBalance({ body: { accountId, date: day('2026-02-28'), cash: { amount: '1', currency: 'EUR' } } }, test.call)
  await test.core.withdrawAssertion({ params: { assertionId } }, test.call)
}

const proof = (known = anchors) => verifyBook(intruder.sql, test.deps.keys, known)

it('a book that nobody touched is proved, entry by entry', async () => {
  const { findings, ...counts } = await proof()
  expect(findings).toEqual([])
  expect(counts).toEqual({ accounts: 3, without: 0, entries: 30, transactions: 28 })
})

interface Entry {
  readonly account: string
  readonly what: string
  readonly number: string
}
interface Row {
  readonly table: 'chain_entry' | 'transaction' | BesideTable
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
    select account_id as account, number::text as number, what from chain_entry order by account_id, number`.execute(intruder.sql)
  const rows = [...(await rowsOf('chain_entry')), ...(await rowsOf('transaction'))]
  for (const table of besideTables) rows.push(...(await rowsOf(table)))
  return { entries, rows, transactionIds: rows.flatMap(({ table, content }) => (table === 'transaction' ? [String(content.id)] : [])) }
}

async function rowsOf(table: Row['table']): Promise<Row[]> {
  const { rows } = await sql<Pick<Row, 'place' | 'content'>>`
    select ctid::text as place, to_jsonb(t) as content from ${sql.table(table)} as t order by ctid`.execute(intruder.sql)
  const { rows: columns } = await sql<Row['columns'][number]>`
    select attname as name, atttypid::regtype::text as type from pg_attribute
    where attrelid = ${table}::regclass and attnum > 0 and not attisdropped and attname not in ('change', 'book_version')`.execute(
    intruder.sql,
  )
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

/** What a row that is added has of its own beside its key: a place of its own, or a name and a chain that is whole, and empty. */
const addedAs: Partial<Record<Row['table'], object>> = {
  account: { name: 'Added', chain_length: 0, chain_head: null },
  action_application: { place: 99 },
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
  async function deleteBeside(chance, { rows }) {
    const { table, place, content } = chance.of(rows.filter(({ table }) => besideTables.some((beside) => beside === table)))
    await sql`delete from ${sql.table(table)} where ctid = ${place}::tid`.execute(intruder.sql)
    return `delete ${table} ${JSON.stringify(content)}`
  },
  async function addBeside(chance, { rows }) {
    const { table, content } = chance.of(rows.filter(({ table }) => besideTables.some((beside) => beside === table)))
    const own = table === 'action_application_account' ? { application_id: crypto.randomUUID() } : { id: crypto.randomUUID() }
    const added = { ...content, ...own, ...addedAs[table] }
    await sql`insert into ${sql.table(table)}
      select * from jsonb_populate_record(null::${sql.table(table)}, ${JSON.stringify(added)}::jsonb)`.execute(intruder.sql)
    return `add ${table} ${JSON.stringify(added)}`
  },
  async function reorder(chance, { entries }) {
    const one = chance.of(entries)
    // A period that all accounts close is told in the same words by each.
    const other = chance.of(entries.filter(({ what }) => what !== one.what))
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
    const { rows: acts } = await sql<{ act: BesideActName }>`
      select what::jsonb->>'act' as act from chain_entry where account_id = ${account}::uuid and number >= ${number}::bigint`.execute(
      intruder.sql,
    )
    const journalOnly = acts.every(({ act }) => !besideActs.includes(act))
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
    return `truncate ${journalOnly ? 'the journal' : 'all'} of ${account} before ${number}`
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
      if (said.startsWith('truncate the journal') && truncations === 0) {
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
}, 240_000)
