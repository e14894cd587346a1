/** Why a figure is unknown, over which days (day numbers, both included). */
export interface Gap {
  readonly reason: 'missing-close' | 'missing-rate'
  /** An instrument id, or a pair such as 'USD/EUR'. */
  readonly of: string
  readonly from: number
  readonly to: number
}

/** Gaps that touch or overlap and are of one thing become one; sorted by first day, then by what is missing. */
export function mergedGaps(gaps: readonly Gap[]): Gap[] {
  const byThing = new Map<string, Gap[]>()
  for (const gap of gaps) {
    const key = `${gap.reason} ${gap.of}`
    const list = byThing.get(key)
    if (list) list.push(gap)
    else byThing.set(key, [gap])
  }
  const merged: Gap[] = []
  for (const list of byThing.values()) {
    list.sort((a, b) => a.from - b.from)
    let open = list[0] as Gap
    for (const gap of list) {
      if (gap.from <= open.to + 1) open = { ...open, to: Math.max(open.to, gap.to) }
      else {
        merged.push(open)
        open = gap
      }
    }
    merged.push(open)
  }
  return merged.sort((a, b) => a.from - b.from || (a.of < b.of ? -1 : 1))
}
