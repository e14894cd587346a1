import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStage, type Stage } from '../e2e/stage/server.ts'
import { apiKeeper } from '../tools/scenario/api-keeper.ts'
import { disagreements } from '../tools/scenario/keeper.ts'
import { sdkApi } from '../tools/scenario/sdk-api.ts'

const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.yaml'))
let stage: Stage

beforeAll(async () => {
  stage = await openStage()
})

afterAll(() => stage.stop())

test.each(files)('through the SDK: %s', async (name) => {
  const yaml = readFileSync(`${import.meta.dirname}/${name}`, 'utf8')
  expect(await disagreements(yaml, (scenario) => apiKeeper(sdkApi(stage.client), scenario, name))).toEqual([])
})
