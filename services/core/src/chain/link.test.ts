import { keysFrom } from '@pe/platform/keys/key-file.ts'
import { expect, it } from 'vitest'
import { actText } from './acts.ts'
import { digestOf, ledgerChain, linkText } from './link.ts'

it('the worked example of docs/specs/hash-chain.md', () => {
  const key = keysFrom(Buffer.alloc(32, 7)).of(ledgerChain)
  const account = '0190a000-0000-7000-8000-000000000001'
  const transaction = '0190a000-0000-7000-8000-0000000000aa'
  const by = '00000000-0000-7000-8000-000000000002'
  const stated = {
    id: transaction,
    kind: 'deposit',
    date: '2026-03-02',
    amount: '100.5',
    currency: 'EUR',
    fee: '0',
    tax: '0',
    note: 'first',
  }
  const first = {
    ...{ accountId: account, number: 1, at: '2026-03-02T09:30:00.000Z', by },
    what: actText({ act: 'recorded', transaction: { ...stated, sequence: '1', state: 'posted' } }),
  }
  const second = {
    ...{ accountId: account, number: 2, at: '2026-03-03T10:00:00.000Z', by },
    what: actText({ act: 'voided', reason: 'twice', transaction }),
  }
  const digest = 'e60f1fc63aa0bc5eb1b9d5755dd910eba17e2b8d8199a5f7509269eee7f791cd'
  expect(linkText(first, '')).toBe(
    `{"account":"${account}","at":"2026-03-02T09:30:00.000Z","by":"${by}","number":1,"previous":"","what":{"act":"recorded","transaction":{"amount":"100.5","currency":"EUR","date":"2026-03-02","fee":"0","id":"${transaction}","kind":"deposit","note":"first","sequence":"1","state":"posted","tax":"0"}}}`,
  )
  expect(digestOf(key, first, '')).toBe(digest)
  expect(linkText(second, digest)).toBe(
    `{"account":"${account}","at":"2026-03-03T10:00:00.000Z","by":"${by}","number":2,"previous":"${digest}","what":{"act":"voided","reason":"twice","transaction":"${transaction}"}}`,
  )
  expect(digestOf(key, second, digest)).toBe('4197348301481b696c55a6e762ecb2f2debdf4fa8d8aa8c968ca22224a3e7b79')
})
