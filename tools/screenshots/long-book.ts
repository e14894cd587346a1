/** A made-up book of many rows, the same for the same seed and day: monthly savings into many instruments, some sales, dividends. */
export interface LongBook {
  readonly transactions: { readonly name: string; readonly text: string }
  readonly prices: { readonly name: string; readonly text: string }
}

export interface LongBookSize {
  readonly rows: number
  readonly instruments: number
  readonly years: number
}

/** `lastDay` is ISO, and the last day with a close. */
export function longBook({ rows, instruments, years }: LongBookSize, lastDay: string, seed = 7): LongBook {
  const chance = chances(seed)
  const names = Array.from({ length: instruments }, (_, at) => nameOf(at))
  const days = weekdays(lastDay, years)
  const market = days.map(() => 0.00025 + 0.011 * (chance() + chance() - 1))
  const closes = names.map(() => walk(market, 20 + chance() * 180, 0.01 + chance() * 0.015, chance))
  const held = names.map(() => 0)
  const lines: string[] = []
  let month = ''
  while (lines.length < rows) {
    const at = Math.floor((lines.length / rows) * days.length)
    const today = days[at] ?? lastDay
    if (today.slice(0, 7) !== month) {
      month = today.slice(0, 7)
      lines.push(`${today},deposit,Savings,,,,18000,EUR,`)
    }
    const which = Math.floor(chance() * instruments)
    const price = closes[which]?.[at] ?? 0
    const [name, mine] = [names[which] ?? '', held[which] ?? 0]
    const draw = chance()
    if (mine > 4 && draw < 0.12) {
      const sold = Math.ceil(mine * chance() * 0.5)
      held[which] = mine - sold
      lines.push(`${today},sell,Savings,${name},${sold},${price.toFixed(2)},,EUR,1.50`)
    } else if (mine > 0 && draw < 0.25) {
      lines.push(`${today},dividend,Savings,${name},,,${(mine * price * 0.006 + 0.01).toFixed(2)},EUR,`)
    } else {
      const bought = 1 + Math.floor(chance() * 4)
      held[which] = mine + bought
      lines.push(`${today},buy,Savings,${name},${bought},${price.toFixed(2)},,EUR,1.50`)
    }
  }
  const priced = names.flatMap((name, which) => days.map((day, at) => `${day},${name},${(closes[which]?.[at] ?? 0).toFixed(2)},EUR`))
  return {
    transactions: {
      name: 'ten-thousand-rows.csv',
      text: `date,kind,account,name,quantity,price,amount,currency,fee\n${lines.join('\n')}\n`,
    },
    prices: { name: 'closes.csv', text: `date,name,close,currency\n${priced.join('\n')}\n` },
  }
}

const firsts = ['Alder', 'Birch', 'Cedar', 'Dune', 'Elm', 'Fjord', 'Gale', 'Heath', 'Iris', 'Juniper', 'Kestrel', 'Larch']
const seconds = ['Energy', 'Foods', 'Health', 'Industries', 'Logistics', 'Materials', 'Networks', 'Retail', 'Software', 'Water']

function nameOf(at: number): string {
  return `${firsts[at % firsts.length]} ${seconds[Math.floor(at / firsts.length) % seconds.length]}`
}

function weekdays(lastDay: string, years: number): string[] {
  const found: string[] = []
  const last = Date.parse(`${lastDay}T00:00:00Z`)
  for (let at = last - years * 365 * 86_400_000; at <= last; at += 86_400_000) {
    const day = new Date(at)
    if (day.getUTCDay() % 6 !== 0) found.push(day.toISOString().slice(0, 10))
  }
  return found
}

/** Each day what the market did, and something of its own. */
function walk(market: readonly number[], start: number, step: number, chance: () => number): number[] {
  let price = start
  return market.map((moved) => {
    price *= 1 + moved + step * (chance() + chance() - 1)
    return price
  })
}

/** Numbers in [0, 1) that a seed decides (mulberry32). */
function chances(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
