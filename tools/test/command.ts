import { spawn } from 'node:child_process'

/** Runs a command in the root with its output passed on; answers its exit code and what it printed. */
export function command(
  root: string,
  words: readonly string[],
  environment: Record<string, string> = {},
): Promise<{ code: number; out: string }> {
  return new Promise((resolve, reject) => {
    const [program = '', ...rest] = words
    const child = spawn(program, rest, { cwd: root, env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'inherit'] })
    let out = ''
    child.stdout.on('data', (chunk) => {
      out += chunk
      process.stdout.write(chunk)
    })
    child.once('error', reject)
    child.once('close', (code) => resolve({ code: code ?? 1, out }))
  })
}
