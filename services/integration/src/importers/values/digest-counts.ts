const firstSize = 1 << 12

/**
 * How often each digest was seen, at 8 bytes each instead of a string in a map: a million rows cost 16 MB. Digests that share 60 bits would be
 * counted as one (once in 10^6 files of a million rows), which makes a key say ':2' without need and nothing worse: the digest itself stays in it.
 */
export class DigestCounts {
  #high = new Uint32Array(firstSize)
  #low = new Uint32Array(firstSize)
  #used = 0
  readonly #again = new Map<string, number>()

  /** Counts a digest (base64url, ten characters or more) and answers how often it was seen by now. */
  count(digest: string): number {
    if (this.#used * 2 >= this.#high.length) this.#grow()
    const [high, low] = [bitsOf(digest, 0), bitsOf(digest, 5)]
    const mask = this.#high.length - 1
    for (let slot = low & mask; ; slot = (slot + 1) & mask) {
      if (this.#high[slot] === 0 && this.#low[slot] === 0) {
        this.#high[slot] = high
        this.#low[slot] = low
        this.#used += 1
        return 1
      }
      if (this.#high[slot] !== high || this.#low[slot] !== low) continue
      const times = (this.#again.get(digest) ?? 1) + 1
      this.#again.set(digest, times)
      return times
    }
  }

  #grow(): void {
    const [high, low] = [this.#high, this.#low]
    this.#high = new Uint32Array(high.length * 2)
    this.#low = new Uint32Array(high.length * 2)
    const mask = this.#high.length - 1
    for (let at = 0; at < high.length; at++) {
      if (high[at] === 0 && low[at] === 0) continue
      let slot = (low[at] as number) & mask
      while (this.#high[slot] !== 0 || this.#low[slot] !== 0) slot = (slot + 1) & mask
      this.#high[slot] = high[at] as number
      this.#low[slot] = low[at] as number
    }
  }
}

/** Five characters of base64url are 30 bits; one more keeps a slot in use from looking empty. */
function bitsOf(digest: string, from: number): number {
  let bits = 0
  for (let at = from; at < from + 5; at++) bits = (bits << 6) | sextet(digest.charCodeAt(at))
  return (bits | 0x40000000) >>> 0
}

function sextet(code: number): number {
  if (code >= 0x61) return code - 0x61 + 26
  if (code === 0x5f) return 63
  if (code >= 0x41) return code - 0x41
  if (code === 0x2d) return 62
  return code - 0x30 + 52
}
