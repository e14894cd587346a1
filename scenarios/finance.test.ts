import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { financeKeeper } from '../tools/scenario/finance-keeper.ts'
import { disagreements } from '../tools/scenario/keeper.ts'

const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.yaml'))

test.each(files)('finance alone: %s', async (name) => {
  expect(await disagreements(readFileSync(`${import.meta.dirname}/${name}`, 'utf8'), financeKeeper)).toEqual([])
})
