import { command } from './command.ts'
import { type Tally, verdict } from './tally.ts'

/** The type checker over everything: one check. */
export async function types(root: string): Promise<Tally> {
  return verdict((await command(root, [process.execPath, 'node_modules/@typescript/native/bin/tsc', '-p', 'tsconfig.json'])).code === 0)
}

/** Formatter and linter over everything: one check. */
export async function lint(root: string): Promise<Tally> {
  return verdict((await command(root, [process.execPath, 'node_modules/@biomejs/biome/bin/biome', 'ci', '--colors=off', '.'])).code === 0)
}

/** The rules of the house: one check a rule. */
export async function tidy(root: string): Promise<Tally> {
  const { out } = await command(root, [process.execPath, 'tools/tidy/main.ts'])
  const counted = /tidy: (\d+) passed, (\d+) failed/.exec(out)
  if (!counted) return verdict(false)
  return { passed: Number(counted[1]), failed: Number(counted[2]), skipped: 0 }
}

/** A few kills of the real server under writers (`npm run crash` does more of them): one check. */
export async function crash(root: string): Promise<Tally> {
  return verdict((await command(root, [process.execPath, 'tools/crash/main.ts', '--rounds', '6'])).code === 0)
}
