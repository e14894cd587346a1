import { type RawBuilder, sql } from 'kysely'

/** Chance from a seed (mulberry32), so that a round that failed can be had again. */
export class Chance {
  #state: number

  constructor(seed: number) {
    this.#state = seed
  }

  below(end: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * end)
  }

  of<T>(all: readonly T[]): T {
    const one = all[this.below(all.length)]
    if (one === undefined) throw new Error('nothing to choose from')
    return one
  }
}

/** A column, its type and what stands in it. */
export interface Cell {
  readonly name: string
  readonly type: string
  readonly value: string | null
}

/** The value of a cell with one bit of it the other way round, in whatever way its type holds bits; an empty one is given something. */
export function flipped({ name, type, value }: Cell, chance: Chance): RawBuilder<unknown> {
  const column = sql.ref(name)
  switch (type) {
    case 'uuid':
      return sql`${value === null ? '00000000-0000-7000-8000-000000000001' : inHexDigit(value, chance)}::uuid`
    case 'boolean':
      return sql`not ${column}`
    case 'numeric':
      return value === null ? sql`1` : sql`${column} + ${chance.of([-1, 1])} * ${chance.of(['1', '0.1', '64', '0.0000000001'])}::numeric`
    case 'xid8':
      return sql`((${column}::text::bigint # ${sql.lit(2 ** chance.below(8))})::text)::xid8`
    case 'bigint':
    case 'integer':
      return sql`${column} # ${sql.lit(2 ** chance.below(8))}`
    case 'date':
      return value === null ? sql`'2026-01-03'::date` : sql`${column} + ${sql.lit(chance.of([-1, 1, 64]))}`
    case 'time without time zone':
      return value === null ? sql`'00:00:01'::time` : sql`${column} + interval '1 second'`
    case 'timestamp with time zone':
      return value === null ? sql`now()` : sql`${column} + ${`${2 ** chance.below(30)} microseconds`}::interval`
    case 'jsonb':
      return value === null ? sql`'[]'::jsonb` : sql`${value.replace(/\d/, (digit) => String(Number(digit) ^ 1))}::jsonb`
    default:
      return sql`${value ? inCharacter(value, chance) : 'x'}`
  }
}

function inHexDigit(value: string, chance: Chance): string {
  const at = chance.of([...value].flatMap((character, place) => (character === '-' ? [] : [place])))
  const digit = Number.parseInt(value[at] ?? '0', 16) ^ (1 << chance.below(4))
  return value.slice(0, at) + digit.toString(16) + value.slice(at + 1)
}

/** One of the low bits, so that text stays text. */
function inCharacter(value: string, chance: Chance): string {
  const at = chance.below(value.length)
  const bit = 1 << chance.below(5)
  const code = value.charCodeAt(at) ^ bit
  return value.slice(0, at) + String.fromCharCode(code === 0 ? 1 : code) + value.slice(at + 1)
}
