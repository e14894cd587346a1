import ts from 'typescript'
import { type Finding, isTest, lineOf, type Rule, type SourceFile } from '../source-files.ts'
import { leaves } from './catalogues.ts'

const plural = /_(zero|one|two|few|many|other)$/

/** Words that no screen says are taken out; a key that a screen asks for is there. Looks at English: `catalogues` holds the others to it. */
export const catalogueKeys: Rule = {
  name: 'catalogue keys',
  check(files) {
    const english = new Map<string, SourceFile>()
    for (const file of files) {
      const area = /^packages\/i18n\/src\/en\/(.+)\.json$/.exec(file.path)?.[1]
      if (area) for (const key of leaves(JSON.parse(file.text), area)) english.set(key.replace(plural, ''), file)
    }
    const spoken = files.filter(({ path }) => /^apps\/web\/src\/.*\.tsx?$/.test(path) && !isTest(path)).map(wordsIn)
    const literals = new Set(spoken.flatMap((words) => words.literals))
    const patterns = [...new Set(spoken.flatMap((words) => words.patterns))].map((pattern) => new RegExp(`^${pattern}$`))
    const idle = [...english].filter(([key]) => !literals.has(key) && !patterns.some((pattern) => pattern.test(key)))
    return [
      ...idle.map(([key, { path }]) => ({ path, line: 1, sentence: `no screen says ${key}: take it out of every catalogue` })),
      ...spoken.flatMap(({ asked }) => asked.filter(({ key }) => !english.has(key)).map(unknown)),
    ]
  },
}

function unknown({ path, line, key }: Asked): Finding {
  return { path, line, sentence: `t('${key}') is in no catalogue: add it to packages/i18n` }
}

interface Asked {
  readonly path: string
  readonly line: number
  readonly key: string
}

/** Every string of a file, every template that begins with an area as a pattern of keys, and what is handed to t() as it stands. */
function wordsIn({ path, text }: SourceFile): { literals: string[]; patterns: string[]; asked: Asked[] } {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS)
  const found = { literals: [] as string[], patterns: [] as string[], asked: [] as Asked[] }
  const visit = (node: ts.Node) => {
    if (ts.isStringLiteralLike(node)) found.literals.push(node.text)
    if (ts.isTemplateExpression(node) && /^\w+\./.test(node.head.text))
      found.patterns.push([node.head, ...node.templateSpans.map(({ literal }) => literal)].map(({ text }) => escaped(text)).join('[\\w-]+'))
    if (ts.isCallExpression(node) && /^(?:i18n\.)?t$/.test(node.expression.getText()) && node.arguments[0])
      for (const key of keysOf(node.arguments[0])) found.asked.push({ path, line: lineOf(text, node.getStart()), key })
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

function keysOf(asked: ts.Expression): string[] {
  if (ts.isStringLiteralLike(asked)) return [asked.text]
  return ts.isConditionalExpression(asked) ? [...keysOf(asked.whenTrue), ...keysOf(asked.whenFalse)] : []
}

function escaped(words: string): string {
  return words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
