/**
 * When the flows of a day (or of a sub-period) count: `split` takes money in at its start and out at its end (the default: it
 * survives a full withdrawal), `start` and `end` take all of it there, `half` counts it half at each.
 */
export type FlowTiming = 'split' | 'start' | 'end' | 'half'

/** Return = numerator / base − 1. All in one unit of money. */
export interface Growth {
  readonly numerator: number
  readonly base: number
}

/** @param before value at the start, @param after value at the end with the flows in it; `inflow` and `outflow` are positive. */
export function growth(before: number, after: number, inflow: number, outflow: number, timing: FlowTiming): Growth {
  const net = inflow - outflow
  switch (timing) {
    case 'split':
      return { numerator: after + outflow, base: before + inflow }
    case 'start':
      return { numerator: after, base: before + net }
    case 'end':
      return { numerator: after - net, base: before }
    case 'half':
      return { numerator: after - net / 2, base: before + net / 2 }
  }
}
