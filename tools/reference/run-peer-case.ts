import { runBookCase } from './book/run-book-case.ts'
import { expectationKeys, onlyKnown, UnknownShape } from './book/shapes.ts'
import { isNeed, missingOf } from './capabilities.ts'
import { compare } from './compare.ts'
import type { PeerCase } from './peer-case.ts'
import { seriesRunners } from './run-series-case.ts'
import { type Verdict, waitingFor } from './verdict.ts'

const caseKeys = new Set('id type title catches needs provenance stance note options book input expect'.split(' '))

/** One verdict per expectation; throws UnknownShape for names that SHAPES.md does not list. */
export function runPeerCase(peerCase: PeerCase): readonly Verdict[] {
  onlyKnown(Object.keys(peerCase), caseKeys, 'field of a case')
  if (!Array.isArray(peerCase.needs) || !Array.isArray(peerCase.expect))
    throw new UnknownShape('a case has lists of needs and expectations')
  for (const need of [...peerCase.needs, ...peerCase.expect.flatMap((expected) => expected.needs ?? [])]) {
    if (!isNeed(need)) throw new UnknownShape(`need ${JSON.stringify(need)} is not in the shapes`)
  }
  if (peerCase.type === 'book') return runBookCase(peerCase).map(({ verdict }) => verdict)

  const runner = Object.hasOwn(seriesRunners, peerCase.type) ? seriesRunners[peerCase.type] : undefined
  if (!runner) throw new UnknownShape(`type ${JSON.stringify(peerCase.type)} is not in the shapes`)
  const ask = runner(peerCase)
  return peerCase.expect.map((expected) => {
    onlyKnown(Object.keys(expected), expectationKeys, 'expectation field')
    const missing = missingOf([...peerCase.needs, ...(expected.needs ?? [])])
    return missing.length > 0 ? waitingFor(missing) : compare(expected, ask(expected))
  })
}
