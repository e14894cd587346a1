import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { financeKeeper } from '../tools/scenario/finance-keeper.ts'
import { disagreements } from '../tools/scenario/keeper.ts'
import { readScenario } from '../tools/scenario/scenario.ts'

const yamlOf = (name: string) => readFileSync(`${import.meta.dirname}/${name}`, 'utf8')
const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.yaml') && !readScenario(yamlOf(name)).needsCore)

test.each(files)('finance alone: %s', async (name) => {
  expect(await disagreements(yamlOf(name), financeKeeper)).toEqual([])
})
