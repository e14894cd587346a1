/** Grid step in asinh(y): fine near 0, proportional far out, since far roots only feel the first or the last flows. */
const step = 0.02
/** Relative size at which a touching minimum counts as a (double) root: a few hundred roundings of a double. */
const touching = 1e-13

/** Relative size below which a running total is rounding. */
const rounding = 1e-15
/** How far from a root at 0 the others are looked for. */
const besideZero = 1e-9

/**
 * All y with Σ amount·e^(−y·time) = 0, ascending.
 * @param times ascending, from 0 to 1 (fractions of the whole span)
 * @param amounts one per time, with at least one of each sign
 *
 * The positive roots are at most as many as the running totals of the amounts change sign, the negative ones as many as the totals
 * from the end (Descartes' rule for Laplace transforms; Norstrøm 1972 for rates). Ordinary books have one change on one side: exactly
 * one root. More are looked for on a grid over the interval outside which the first or the last amount outweighs the rest.
 */
export function rootsOfFlows(times: Float64Array, amounts: Float64Array): number[] {
  const balance = (y: number) => relativeBalance(times, amounts, y)
  const [low, high] = searchedInterval(times, amounts)
  const totals = runningTotals(amounts)
  const balanced = totals.at(-1) === 0
  const beside = balanced ? besideZero : 0
  const negative = rootsBetween(balance, low, -beside, signChanges(runningTotals(amounts.toReversed())))
  const positive = rootsBetween(balance, beside, high, signChanges(totals))
  return balanced ? [...negative, 0, ...positive] : [...negative, ...positive]
}

/** The roots inside an interval that has at most `most`; neither end is one of them. */
function rootsBetween(balance: (y: number) => number, low: number, high: number, most: number): number[] {
  if (most === 0) return []
  const [atLow, atHigh] = [balance(low), balance(high)]
  if (most === 1) return atLow > 0 !== atHigh > 0 && atLow !== 0 && atHigh !== 0 ? [bracketed(balance, low, high)] : []
  const roots: number[] = []
  const count = Math.max(2, Math.ceil((Math.asinh(high) - Math.asinh(low)) / step))
  const at = (k: number) => (k === count ? high : Math.sinh(Math.asinh(low) + k * step))
  let [y0, f0] = [at(0), atLow]
  let [y1, f1] = [at(1), balance(at(1))]
  for (let k = 1; k <= count && roots.length < most; k++) {
    if (f1 === 0 && k < count) roots.push(y1)
    else if (f0 !== 0 && f1 !== 0 && f0 > 0 !== f1 > 0) roots.push(bracketed(balance, y0, y1))
    if (k === count) break
    const y2 = at(k + 1)
    const f2 = balance(y2)
    if (f1 !== 0 && f0 > 0 === f1 > 0 && f1 > 0 === f2 > 0 && Math.abs(f1) <= Math.abs(f0) && Math.abs(f1) < Math.abs(f2)) {
      roots.push(...rootsInDip(balance, y0, y2, f1 > 0 ? 1 : -1))
    }
    ;[y0, f0, y1, f1] = [y1, f1, y2, f2]
  }
  return roots
}

/** Totals that are nothing but rounding (0.1 + 0.2 − 0.3) are 0: otherwise the two directions could disagree about the sign at 0. */
function runningTotals(amounts: Float64Array): Float64Array {
  let [total, size] = [0, 0]
  return amounts.map((amount) => {
    total += amount
    size += Math.abs(amount)
    return Math.abs(total) <= rounding * size ? 0 : total
  })
}

/** Σ a·e^(−yt) / Σ |a|·e^(−yt): within [−1, 1] at every y, so that nothing overflows. */
function relativeBalance(times: Float64Array, amounts: Float64Array, y: number): number {
  const pivot = y > 0 ? 0 : 1
  let sum = 0
  let size = 0
  for (let i = 0; i < amounts.length; i++) {
    const amount = amounts[i] as number
    const discounted = amount * Math.exp(-y * ((times[i] as number) - pivot))
    sum += discounted
    size += Math.abs(discounted)
  }
  return size === 0 ? 0 : sum / size
}

function signChanges(amounts: Float64Array): number {
  let changes = 0
  let sign = 0
  for (const amount of amounts) {
    if (amount === 0) continue
    if (sign !== 0 && Math.sign(amount) !== sign) changes++
    sign = Math.sign(amount)
  }
  return changes
}

/** Beyond `high` the first amount alone decides the sign, below `low` the last one. */
function searchedInterval(times: Float64Array, amounts: Float64Array): [number, number] {
  const used = [...amounts.keys()].filter((i) => amounts[i] !== 0)
  const total = used.reduce((sum, i) => sum + Math.abs(amounts[i] as number), 0)
  const [first, second] = [used[0] as number, used[1] as number]
  const [last, beforeLast] = [used.at(-1) as number, used.at(-2) as number]
  const reach = (end: number, gap: number) => Math.log(total / Math.abs(amounts[end] as number)) / gap + 1
  return [
    -reach(last, (times[last] as number) - (times[beforeLast] as number)),
    reach(first, (times[second] as number) - (times[first] as number)),
  ]
}

/** Looks for the bottom of a dip that the grid straddles (golden section): two roots when it crosses, one when it touches. */
function rootsInDip(balance: (y: number) => number, low: number, high: number, sign: number): number[] {
  const golden = (Math.sqrt(5) - 1) / 2
  let [a, b] = [low, high]
  for (let i = 0; i < 100 && b - a > 1e-15 * Math.max(1, Math.abs(a)); i++) {
    const left = b - golden * (b - a)
    const right = a + golden * (b - a)
    const [fl, fr] = [sign * balance(left), sign * balance(right)]
    if (Math.min(fl, fr) < 0) {
      const crossing = fl < fr ? left : right
      if (Math.min(fl, fr) > -touching) return [crossing]
      return [bracketed(balance, low, crossing), bracketed(balance, crossing, high)]
    }
    if (fl < fr) b = right
    else a = left
  }
  const bottom = (a + b) / 2
  return Math.abs(balance(bottom)) < touching ? [bottom] : []
}

/** Brent's method (Brent 1973, ch. 4) between two points of opposite sign, to the last bits of a double. */
function bracketed(f: (y: number) => number, low: number, high: number): number {
  let [a, b] = [low, high]
  let [fa, fb] = [f(a), f(b)]
  let [c, fc] = [a, fa]
  let d = b - a
  let e = d
  for (let i = 0; i < 200; i++) {
    if (fb > 0 === fc > 0) [c, fc, d, e] = [a, fa, b - a, b - a]
    if (Math.abs(fc) < Math.abs(fb)) [a, b, c, fa, fb, fc] = [b, c, b, fb, fc, fb]
    const tolerance = 2 * Number.EPSILON * Math.abs(b) + 1e-17
    const middle = (c - b) / 2
    if (Math.abs(middle) <= tolerance || fb === 0) return b
    if (Math.abs(e) >= tolerance && Math.abs(fa) > Math.abs(fb)) {
      const s = fb / fa
      let [p, q] = [2 * middle * s, 1 - s]
      if (a !== c) {
        const [r, t] = [fb / fc, fa / fc]
        p = s * (2 * middle * t * (t - r) - (b - a) * (r - 1))
        q = (t - 1) * (r - 1) * (s - 1)
      }
      if (p > 0) q = -q
      p = Math.abs(p)
      if (2 * p < Math.min(3 * middle * q - Math.abs(tolerance * q), Math.abs(e * q))) [e, d] = [d, p / q]
      else [d, e] = [middle, middle]
    } else [d, e] = [middle, middle]
    ;[a, fa] = [b, fb]
    b += Math.abs(d) > tolerance ? d : Math.sign(middle) * tolerance
    fb = f(b)
  }
  return b
}
