import { Refused } from '@pe/platform/http/refused.ts'
import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common'

const fewestCharacters = 10
/** Of 0 to 4: 10⁸ guesses are not enough. */
const lowestScore = 3
/** More of a password is not judged: judging takes the longer the more there is. */
const mostJudged = 64
/** Nobody guesses these last. */
const ofTheHouse = ['portfolioengine', 'portfolio', 'engine']

let made: ZxcvbnFactory | undefined
/** The lists take some 100 ms to be read in, which only those pay who choose a password. */
function judge(): ZxcvbnFactory {
  made ??= new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs, maxLength: mostJudged })
  return made
}

/** Refuses what is guessed soon: short, common (the lists of zxcvbn), or made of the person's own words, such as e-mail and name. */
export function orRefuseWeak(password: string, ownWords: readonly string[]): void {
  const text = password.normalize('NFKC')
  const characters = [...text].length
  if (characters < fewestCharacters) {
    const facts = { case: 'short', least: String(fewestCharacters), characters: String(characters) }
    throw new Refused('weak_password', `a password has ${fewestCharacters} characters at least`, [], undefined, facts)
  }
  const words = ownWords.flatMap((word) => [word, ...word.split(/[^\p{L}\p{N}]+/u)]).filter((word) => word.length > 2)
  const { score, feedback } = judge().check(text.slice(0, mostJudged), [...words, ...ofTheHouse])
  if (score < lowestScore) {
    const facts = {
      case: 'guessable',
      score: String(score),
      least: String(lowestScore),
      ...(feedback.warning ? { why: feedback.warning } : {}),
    }
    throw new Refused(
      'weak_password',
      'this password is guessed too soon: take a longer one, of words that nobody expects together',
      [],
      undefined,
      facts,
    )
  }
}
