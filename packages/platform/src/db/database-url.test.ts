import { expect, test } from 'vitest'
import { CannotStart } from '../postgres/cannot-start.ts'
import { answering } from './answering.ts'
import { parseDatabaseUrl } from './database-url.ts'

test('reads an address, with escapes and defaults', () => {
  expect(parseDatabaseUrl('postgres://owner:p%40ss@db.example:5433/money?sslmode=require')).toEqual({
    host: 'db.example',
    port: 5433,
    database: 'money',
    user: 'owner',
    password: 'p@ss',
    ssl: true,
  })
  expect(parseDatabaseUrl('postgresql://owner@localhost')).toEqual({
    host: 'localhost',
    port: 5432,
    database: 'portfolioengine',
    user: 'owner',
    password: '',
  })
})

test.each(['', 'embeded', 'mysql://a@b/c', 'postgres://', 'postgres://:secret@host/x'])('refuses %j without repeating it', (text) => {
  expect(() => parseDatabaseUrl(text)).toThrow(CannotStart)
  expect(() => parseDatabaseUrl(text)).not.toThrow(/secret/)
})

test('says where nobody answers, without the password', async () => {
  const nobody = parseDatabaseUrl('postgres://owner:secret@127.0.0.1:1/money')
  const said = await answering(nobody).catch((trouble: unknown) => trouble)
  expect(said).toBeInstanceOf(CannotStart)
  expect(String(said)).toContain('127.0.0.1:1/money) does not answer')
  expect(String(said)).not.toContain('secret')
})
