import { randomUUID } from 'node:crypto'
import { afterAll, expect, inject, test } from 'vitest'
import { provision } from '../src/db/provision.ts'
import type { Connection } from '../src/postgres/connection.ts'
import { quietClient } from '../src/postgres/probe.ts'

const server = inject('testPostgres')
const mark = randomUUID().slice(0, 8)
const database = `external_${mark}`
const operator = { ...server, user: `operator_${mark}`, password: 'operator' }
const guest = { ...server, user: `guest_${mark}`, password: 'guest' }
const service = `own${mark}`

afterAll(async () => {
  await ask(server, `drop database if exists ${database} with (force)`)
  await ask(server, `drop role if exists ${operator.user}, ${guest.user}, pe_${service}, pe_${service}_owner`)
})

test('an operator who may make roles and databases is enough; a second start keeps what is there', async () => {
  await ask(server, `create role ${operator.user} login createrole createdb password 'operator'`)
  const set = () => provision({ superuser: operator, database, services: [service], passwordOf: async () => 'of the service' })
  const connection = (await set()).get(service)
  expect(connection).toMatchObject({ database, user: `pe_${service}`, password: 'of the service' })
  if (!connection) return
  await ask(
    connection,
    `begin; set role pe_${service}_owner; create table ${service}.kept as select 1 as one; grant select on ${service}.kept to pe_${service}; commit`,
  )
  await set()
  expect(await ask(connection, `select one from ${service}.kept`)).toEqual([{ one: 1 }])
})

test('one who may not is told what is missing', async () => {
  await ask(server, `create role ${guest.user} login password 'guest'`)
  const refused = provision({ superuser: guest, database: 'elsewhere', services: [service], passwordOf: async () => 'x' })
  await expect(refused).rejects.toThrow(
    `The user '${guest.user}' of PE_DATABASE may not set up the database (permission denied to create database). It needs the rights to create roles and schemas.`,
  )
})

test('a role that sees past row-level security is refused', async () => {
  await ask(server, `alter role pe_${service} bypassrls`)
  const refused = provision({ superuser: operator, database, services: [service], passwordOf: async () => 'x' })
  await expect(refused).rejects.toThrow(`The role pe_${service} of the database may see everybody's data`)
})

async function ask(connection: Connection, text: string): Promise<unknown[]> {
  const client = quietClient(connection)
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}
