import ts from 'typescript'
import { type Finding, isTest, type Rule } from '../source-files.ts'

const spoken = new Set(['aria-label', 'title', 'placeholder', 'alt', 'label', 'aria-description', 'helperText'])
const word = /\p{L}{2,}/u

/** Every word on a screen goes through the catalogues, so that it exists in each language. */
export const screenWords: Rule = {
  name: 'screen words',
  check: (files) =>
    files
      .filter((file) => /^apps\/web\/src\/.*\.tsx$/.test(file.path) && !isTest(file.path))
      .flatMap((file) => literals(file.path, file.text)),
}

function literals(path: string, text: string): Finding[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX)
  const findings: Finding[] = []
  const report = (node: ts.Node, words: string) => {
    if (!word.test(words)) return
    const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1
    findings.push({
      path,
      line,
      sentence: `bare words on a screen: ${JSON.stringify(words.trim().slice(0, 40))}; put them into packages/i18n and use t()`,
    })
  }
  const visit = (node: ts.Node) => {
    if (ts.isJsxText(node)) report(node, node.text)
    if (
      ts.isJsxAttribute(node) &&
      ts.isIdentifier(node.name) &&
      spoken.has(node.name.text) &&
      node.initializer &&
      ts.isStringLiteral(node.initializer)
    )
      report(node, node.initializer.text)
    if (
      ts.isJsxExpression(node) &&
      node.expression &&
      ts.isStringLiteralLike(node.expression) &&
      (ts.isJsxElement(node.parent) || ts.isJsxFragment(node.parent))
    )
      report(node, node.expression.text)
    ts.forEachChild(node, visit)
  }
  visit(source)
  return findings
}
