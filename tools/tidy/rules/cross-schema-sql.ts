import { type Finding, isTest, lineOf, type Rule } from '../source-files.ts'

const services = ['auth', 'core', 'market', 'analytics', 'thesis', 'risk', 'integration', 'notification', 'gateway']
const inSql = new RegExp(`\\b(${services.join('|')})\\.["a-z_]+`, 'gi')
const inCode = new RegExp(`\\b(?:from|join|into|update|table|references|copy|truncate)\\s+"?(${services.join('|')})"?\\.["a-z_]+`, 'gi')

/** A service sees its own database schema only; a join across would work on a laptop and fail in a cluster. */
export const crossSchemaSql: Rule = {
  name: 'cross-schema SQL',
  check: (files) =>
    files.flatMap((file) => {
      const own = /^services\/([^/]+)\//.exec(file.path)?.[1]
      if (!own || !/\.(sql|ts)$/.test(file.path) || isTest(file.path)) return []
      const text = file.path.endsWith('.sql') ? file.text.replace(/--.*$/gm, (comment) => ' '.repeat(comment.length)) : file.text
      return [...text.matchAll(file.path.endsWith('.sql') ? inSql : inCode)]
        .filter((match) => match[1]?.toLowerCase() !== own)
        .map((match): Finding => {
          const sentence = `SQL names the schema ${match[1]}, which belongs to another service: ask its client, or keep what you need from its facts`
          return { path: file.path, line: lineOf(file.text, match.index), sentence }
        })
    }),
}
