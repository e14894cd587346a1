import { generatedFiles } from '../../gen/generated-files.ts'
import type { Rule } from '../source-files.ts'

/** Generated files are committed and match what would be generated now. */
export const generated: Rule = {
  name: 'generated files',
  async check(files) {
    const texts = new Map(files.map((file) => [file.path, file.text]))
    return (await generatedFiles())
      .filter(({ path, content }) => texts.get(path) !== content)
      .map(({ path }) => ({ path, line: 1, sentence: 'out of date: run npm run gen and commit the result' }))
  },
}
