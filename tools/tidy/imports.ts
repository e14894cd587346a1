import { posix } from 'node:path'
import { isCode, lineOf, type SourceFile } from './source-files.ts'

/** One import of a file: what it says, and the project file it means (null for a library). */
export interface Import {
  readonly from: string
  readonly line: number
  readonly says: string
  readonly target: string | null
}

const statement = /(?:^|\n)\s*(?:import|export)\s(?:[^'";]*?\sfrom\s)?\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/g

/** Where the workspaces stand, by package name. */
export function workspaceFolders(files: readonly SourceFile[]): Map<string, string> {
  const folders = new Map<string, string>()
  for (const file of files) {
    const place = /^((?:apps|services|packages)\/[^/]+|tools|e2e)\/package\.json$/.exec(file.path)
    const name = place && /"name":\s*"([^"]+)"/.exec(file.text)?.[1]
    if (place?.[1] && name) folders.set(name, place[1])
  }
  return folders
}

export function importsOf(files: readonly SourceFile[]): Import[] {
  const folders = workspaceFolders(files)
  return files.filter((file) => isCode(file.path)).flatMap((file) => importsIn(file, folders))
}

function importsIn(file: SourceFile, folders: ReadonlyMap<string, string>): Import[] {
  return [...file.text.matchAll(statement)].map((match) => {
    const says = match[1] ?? match[2] ?? ''
    return {
      from: file.path,
      line: lineOf(file.text, match.index + match[0].indexOf(says)),
      says,
      target: targetOf(file.path, says, folders),
    }
  })
}

function targetOf(from: string, says: string, folders: ReadonlyMap<string, string>): string | null {
  if (says.startsWith('.')) return posix.normalize(posix.join(posix.dirname(from), says))
  const [scope, name, ...rest] = says.split('/')
  const folder = folders.get(`${scope}/${name}`)
  return folder ? [folder, 'src', ...rest].join('/') : null
}

/** The unit a file belongs to: 'packages/finance', 'services/core', 'apps/web', 'tools', 'e2e'; null for files at the root. */
export function unitOf(path: string): string | null {
  return /^((?:apps|services|packages)\/[^/]+|tools|e2e)\//.exec(path)?.[1] ?? null
}
