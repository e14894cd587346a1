import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** A file of the project as the rules see it; the path is below the root, with forward slashes. */
export interface SourceFile {
  readonly path: string
  readonly text: string
}

/** What a rule found, with a sentence that says what to do instead. */
export interface Finding {
  readonly path: string
  readonly line: number
  readonly sentence: string
}

/** A rule of the house, as a function over all files. */
export interface Rule {
  readonly name: string
  readonly check: (files: readonly SourceFile[]) => Finding[] | Promise<Finding[]>
}

const kinds = /\.(ts|tsx|mjs|sql|css|json|html|md|yaml)$/

/** All text files that git tracks or would track. */
export function sourceFiles(root: string): SourceFile[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  })
  const paths = [...new Set(listed.split('\n'))].filter((path) => kinds.test(path) && path !== 'package-lock.json').sort()
  return paths.flatMap((path) => {
    try {
      return [{ path, text: readFileSync(`${root}/${path}`, 'utf8') }]
    } catch {
      return [] // deleted in the working tree, not yet in the index
    }
  })
}

export function lineOf(text: string, offset: number): number {
  let line = 1
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line += 1
  return line
}

export function isTest(path: string): boolean {
  return /\.(test|fixture)\.tsx?$/.test(path) || /\/test\//.test(path) || path.startsWith('e2e/')
}

export function isCode(path: string): boolean {
  return /\.(ts|tsx|mjs)$/.test(path)
}
