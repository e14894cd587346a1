import type { NewInstrument } from '@pe/contracts/market.ts'
import type { Identified } from './store/instruments.ts'

/** What stands of an instrument, and which symbols requests have met it under so far. */
export interface Candidate extends Identified {
  readonly metAs: Set<string>
}

/**
 * The instrument that is meant: the one with the same ISIN, else the same symbol, else the same name; always in the same currency, since a
 * close in dollars is none of an instrument in euros. A weaker identity does not outvote a different ISIN. Two listings in one file (same
 * ISIN and currency, different symbols) stay two.
 */
export function matchInstrument(wanted: NewInstrument, candidates: readonly Candidate[]): Candidate | undefined {
  let best: Candidate | undefined
  let bestScore = 0
  for (const candidate of candidates) {
    const score = scoreOf(wanted, candidate)
    if (score > bestScore) [best, bestScore] = [candidate, score]
  }
  return best
}

function scoreOf(wanted: NewInstrument, candidate: Candidate): number {
  if (candidate.currency !== wanted.currency) return 0
  const isin = agreement(wanted.isin?.toUpperCase(), candidate.isin)
  const symbol = agreement(symbolOf(wanted), candidate.symbol?.toUpperCase())
  const sameName = wanted.name.trim().toLowerCase() === candidate.name.toLowerCase()
  if (isin === 'other' || (isin !== 'same' && symbol === 'other')) return 0
  const wantedSymbol = symbolOf(wanted)
  if (wantedSymbol && candidate.metAs.size > 0 && !candidate.metAs.has(wantedSymbol)) return 0
  const score = (isin === 'same' ? 8 : 0) + (symbol === 'same' ? 4 : 0) + (sameName ? 2 : 0)
  return score === 0 ? 0 : score + (candidate.removed ? 0 : 1)
}

export function symbolOf({ symbol }: NewInstrument): string | undefined {
  return symbol?.trim().toUpperCase() || undefined
}

function agreement(wanted: string | undefined, standing: string | null | undefined): 'same' | 'other' | 'unknown' {
  if (!wanted || !standing) return 'unknown'
  return wanted === standing ? 'same' : 'other'
}
