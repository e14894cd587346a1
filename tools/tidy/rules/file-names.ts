import { isCode, type Rule } from '../source-files.ts'

const emptyWords = /^(utils?|helpers?|common|types|managers?|misc|index|shared|lib)$/

/** A file should be found by guessing its path. */
export const fileNames: Rule = {
  name: 'file names',
  check: (files) =>
    files
      .filter((file) => isCode(file.path))
      .flatMap((file) => {
        const parts = file.path.split('/')
        const name = (parts.pop() ?? '').replace(/(\.test|\.fixture|\.generated|\.d|\.config)?\.(ts|tsx|mjs)$/, '')
        const problem = (sentence: string) => [{ path: file.path, line: 1, sentence }]
        const folder = parts.find((part, at) => emptyWords.test(part) && !(part === 'common' && parts[at - 1] === 'components'))
        if (folder) return problem(`the folder "${folder}" is an address without a thing: name what is in it`)
        if (emptyWords.test(name)) return problem(`"${name}" is an address without a thing: name the file after the noun it is about`)
        if (file.path.endsWith('.tsx') && !/^[A-Z][A-Za-z0-9]*$/.test(name) && name !== 'main' && name !== 'routes')
          return problem('components are named PascalCase.tsx')
        if (!file.path.endsWith('.tsx') && !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name) && !/^use[A-Z]/.test(name))
          return problem('files are named kebab-case')
        return []
      }),
}
