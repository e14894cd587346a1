import { localOwner } from '@pe/contracts/actor.ts'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { auditNote, sealAndNote, sealAudit } from '../src/audit/seal-audit.ts'
import { verifyAudit } from '../src/audit/verify-audit.ts'
import { openDatabase } from '../src/db/open-database.ts'
import type { PlatformTables } from '../src/db/platform-tables.ts'
import type { ServiceDatabase } from '../src/db/service-database.ts'
import { type ChainEnd, readNotedEnds } from '../src/keys/noted-ends.ts'
import { Chance, flipped } from '../src/testing/tampering.ts'
import { testFiles, testKeys } from '../src/testing/test-ports.ts'
import { type TestService, testService } from '../src/testing/test-service.ts'
import { createShelf, type Shelf, type ShelfTables, shelfMigrations } from './shelf.ts'

const rounds = 1000
const other = '01900000-0000-7000-8000-0000000000ee'

let bench: TestService<Shelf['routes'], ShelfTables>
/** The same schema, reached by who may do everything. */
let intruder: ServiceDatabase<PlatformTables>
const anchors = testFiles()

beforeAll(async () => {
  bench = await testService({ name: 'shelf', migrations: shelfMigrations, create: (deps) => createShelf(deps) })
  const { clock, ids, keys, log, connection } = bench.deps.db
  intruder = await openDatabase<PlatformTables>({
    ...{ service: 'shelf', clock, ids, keys, log, mayLoseCommits: true, poolSize: 1 },
    connection: { ...inject('testPostgres'), database: connection.database },
  })
  await intruder.pool.query('alter table audit alter column seq drop identity')
  await intruder.pool.query(`create sequence shelf.places; alter table audit alter column seq set default nextval('shelf.places')`)
  await intruder.pool.query('grant all on sequence shelf.places to public')
})
afterAll(async () => {
  await intruder.close()
  await bench.stop()
})

async function act(subject: string, organisationId: string = localOwner.organisationId): Promise<void> {
  await bench.deps.db.write({ call: bench.callAs({ organisationId }), action: 'book.buy', subject }, async () => {})
}
const noted = () => readNotedEnds(auditNote(bench.deps.db, anchors))
const proof = (ends: ReadonlyMap<string, ChainEnd> = new Map()) => verifyAudit(intruder.platform, testKeys(), ends)

describe('the audit log', () => {
  it('is sealed some acts at a time, one chain for each organisation, and proved', async () => {
    for (const subject of ['one', 'two', 'three']) await act(subject)
    await act('elsewhere', other)
    expect(await proof()).toEqual({ acts: 0, unsealed: 4, findings: [] })
    expect(await sealAudit(bench.deps.db)).toBe(4)
    expect(await sealAudit(bench.deps.db)).toBe(0)
    await act('four')
    expect(await proof()).toEqual({ acts: 4, unsealed: 1, findings: [] })
    expect(await sealAudit(bench.deps.db)).toBe(1)
    expect(await proof()).toEqual({ acts: 5, unsealed: 0, findings: [] })
    const { rows } = await sql<{ number: string; acts: number }>`
      select number::text as number, acts from audit_seal where organisation_id = ${localOwner.organisationId}::uuid order by number`.execute(
      intruder.platform,
    )
    expect(rows).toEqual([
      { number: '1', acts: 3 },
      { number: '2', acts: 1 },
    ])
  })

  it('is sealed only as far as no transaction that still runs can add to it', async () => {
    const done = Promise.withResolvers<void>()
    const begun = Promise.withResolvers<void>()
    const slow = bench.deps.db.write({ call: bench.call, action: 'book.buy', subject: 'outer' }, async () => {
      await act('inner')
      begun.resolve()
      await done.promise
    })
    await begun.promise
    await act('meanwhile', other)
    expect(await sealAudit(bench.deps.db)).toBe(0)
    done.resolve()
    await slow
    expect(await sealAudit(bench.deps.db)).toBe(3)
    expect(await proof()).toMatchObject({ unsealed: 0, findings: [] })
  })

  it('cannot be changed by the role of the service, nor can its seals', async () => {
    const { platform } = bench.deps.db
    for (const table of ['audit', 'audit_seal']) {
      await expect(sql`delete from ${sql.table(table)}`.execute(platform)).rejects.toThrow('permission denied')
      await expect(sql`update ${sql.table(table)} set at = at`.execute(platform)).rejects.toThrow('permission denied')
      await expect(sql`truncate ${sql.table(table)}`.execute(platform)).rejects.toThrow('permission denied')
    }
  })

  it('tells in a sentence what is not as it was sealed', async () => {
    const found = async (statement: string): Promise<string[]> => {
      let said: string[] = []
      await attempt(async () => {
        await sql.raw(statement).execute(intruder.platform)
        const { findings } = await proof()
        said = findings.map(({ seal, detail }) => `${seal} ${detail}`)
      })
      return said
    }
    const own = `organisation_id = '${localOwner.organisationId}'`
    expect(await found(`delete from audit where subject = 'two'`)).toEqual(['1 was set over 3 acts, but 2 are there'])
    expect(await found(`update audit set user_id = '${other}' where subject = 'four'`)).toEqual([
      '2 does not match the 1 acts up to 2026-11-22T12:00:00Z: something of them, of it or of the seal before was changed',
    ])
    expect(await found(`delete from audit_seal where ${own} and number = 2`)).toContain('2 is missing')
  })

  it('that was cut off together with its seals is found by what was noted in the second place', async () => {
    await sealAndNote(bench.deps.db, anchors)
    const ends = await noted()
    expect((await proof(ends)).findings).toEqual([])
    await attempt(async () => {
      for (const table of ['audit', 'audit_seal'])
        await sql`delete from ${sql.table(table)} where organisation_id = ${other}::uuid`.execute(intruder.platform)
      expect(await proof()).toMatchObject({ findings: [] })
      expect((await proof(ends)).findings).toMatchObject([
        { organisationId: other, seal: 1, detail: expect.stringContaining('were noted') },
      ])
    })
  })
})

class Undo extends Error {}

/** Everything it does is taken back. */
async function attempt(change: () => Promise<void>): Promise<void> {
  await intruder
    .transaction(async () => {
      await change()
      throw new Undo()
    })
    .catch((trouble: unknown) => {
      // What a constraint does not let through was no tampering: another is tried.
      const refused = trouble instanceof Error && 'code' in trouble && /^(22|23)/.test(String(trouble.code))
      if (!(trouble instanceof Undo) && !refused) throw trouble
    })
}

interface Row {
  readonly table: string
  readonly place: string
  readonly content: Record<string, unknown>
  readonly columns: readonly { readonly name: string; readonly type: string }[]
}

async function rowsOf(table: string): Promise<Row[]> {
  const { rows } = await sql<Pick<Row, 'place' | 'content'>>`
    select ctid::text as place, to_jsonb(t) as content from ${sql.table(table)} as t`.execute(intruder.platform)
  const { rows: columns } = await sql<Row['columns'][number]>`
    select attname as name, atttypid::regtype::text as type from pg_attribute
    where attrelid = ${table}::regclass and attnum > 0 and not attisdropped`.execute(intruder.platform)
  return rows.map((row) => ({ ...row, table, columns }))
}

it(`${rounds} bit flips, deletions, additions and reorderings of the audit log are found, all of them`, async () => {
  const seed = Date.now() % 1_000_000
  const chance = new Chance(seed)
  for (let times = 0; times < 30; times += 1) {
    await act(`book:${times} "twice"`, chance.of([localOwner.organisationId, other]))
    if (chance.below(4) === 0) await sealAndNote(bench.deps.db, anchors)
  }
  await sealAndNote(bench.deps.db, anchors)
  const ends = await noted()
  expect(await proof(ends)).toMatchObject({ unsealed: 0, findings: [] })
  const [acts, seals] = [await rowsOf('audit'), await rowsOf('audit_seal')]
  const here = ({ place }: Row) => sql`ctid = ${place}::tid`

  const tampers: readonly (() => Promise<string>)[] = [
    async function flip() {
      const row = chance.of([...acts, ...seals])
      const { name, type } = chance.of(row.columns)
      const value = row.content[name] ?? null
      const text = value === null ? null : String(value)
      await sql`update ${sql.table(row.table)} set ${sql.ref(name)} = ${flipped({ name, type, value: text }, chance)} where ${here(row)}`.execute(
        intruder.platform,
      )
      return `flip ${name} of ${row.table} ${JSON.stringify(row.content)}`
    },
    async function remove() {
      const row = chance.of([...acts, ...seals])
      await sql`delete from ${sql.table(row.table)} where ${here(row)}`.execute(intruder.platform)
      return `delete ${row.table} ${JSON.stringify(row.content)}`
    },
    async function add() {
      const row = chance.of(acts)
      await sql`
        insert into audit select * from jsonb_populate_record(null::audit, ${JSON.stringify({ ...row.content, seq: 1000 + chance.below(1000), xid: '1' })}::jsonb)`.execute(
        intruder.platform,
      )
      return `add ${JSON.stringify(row.content)}`
    },
    async function reorder() {
      const one = chance.of(acts)
      const two = chance.of(acts.filter(({ content }) => content.subject !== one.content.subject))
      await sql`
        with two as (select subject, trace_id from audit where ${here(two)}), one as (select subject, trace_id from audit where ${here(one)}),
          first as (update audit set (subject, trace_id) = (select subject, trace_id from two) where ${here(one)})
        update audit set (subject, trace_id) = (select subject, trace_id from one) where ${here(two)}`.execute(intruder.platform)
      return `put ${JSON.stringify(one.content)} and ${JSON.stringify(two.content)} in each other's place`
    },
  ]
  const unseen: string[] = []
  for (let done = 0; done < rounds; ) {
    await attempt(async () => {
      const said = await chance.of(tampers)()
      done += 1
      if ((await proof(ends)).findings.length === 0) unseen.push(said)
    })
  }
  expect(unseen, `seed ${seed}`).toEqual([])
  expect(await proof(ends)).toMatchObject({ unsealed: 0, findings: [] })
}, 60_000)
