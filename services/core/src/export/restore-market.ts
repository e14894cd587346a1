import type { CorporateAction } from '@pe/contracts/actions.ts'
import type { Call } from '@pe/contracts/actor.ts'
import { marketSections } from '@pe/contracts/book-export.ts'
import type { DailyRate, RestoredInstrument } from '@pe/contracts/market.ts'
import type { PlainDate } from '@pe/finance/time/plain-date.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { CoreDeps } from '../core-deps.ts'
import { pages } from './market-rows.ts'

/** Rows handed to market at once; of closes each is up to a thousand days. */
const piece = 1000
const seriesAtOnce = 20

type Closes = { readonly instrumentId: string; readonly closes: [PlainDate, string][] }

/** Hands market what is market's, by its routes. Done twice it is done once, so an import that broke off is begun again. */
export async function restoreMarket(
  { market }: CoreDeps,
  call: Call,
  rows: AsyncIterable<{ section: string; row: unknown }>,
): Promise<void> {
  const hand: Readonly<Record<string, readonly [size: number, (rows: unknown[]) => Promise<unknown>]>> = {
    instruments: [piece, (some) => market.restoreInstruments({ body: { instruments: some as RestoredInstrument[] } }, call)],
    closes: [seriesAtOnce, (some) => market.recordCloseBatch({ body: { series: some as Closes[] } }, call)],
    rates: [piece, (some) => market.recordRateBatch({ body: { rates: some as DailyRate[] } }, call)],
    actions: [piece, (some) => market.restoreActions({ body: { actions: some as CorporateAction[] } }, call)],
  }
  for await (const { section, rows: some } of inPieces(rows, (section) => hand[section]?.[0] ?? piece)) {
    if (!(section in marketSections)) return
    await hand[section]?.[1](some).catch((trouble: unknown) => {
      if (trouble instanceof Refused) throw new Refused('file_broken', `${section}: ${trouble.detail}`, [], trouble)
      throw trouble
    })
  }
}

/** Market is empty, or has what an import of the same book has left behind. */
export async function orRefuseOtherInstruments({ market }: CoreDeps, call: Call, ids: ReadonlySet<string>): Promise<void> {
  for await (const { id, name } of pages((query) => market.listInstruments({ query }, call)))
    if (!ids.has(id)) throw new Refused('book_not_empty', `${name} is an instrument here already`)
}

/** Rows of one section together, at most so many. */
export async function* inPieces<Row>(
  rows: AsyncIterable<{ section: string; row: Row }>,
  sizeOf: (section: string) => number,
): AsyncGenerator<{ section: string; rows: Row[] }> {
  let [held, of]: [Row[], string] = [[], '']
  for await (const { section, row } of rows) {
    if (held.length > 0 && (section !== of || held.length >= sizeOf(of))) {
      yield { section: of, rows: held }
      held = []
    }
    of = section
    held.push(row)
  }
  if (held.length > 0) yield { section: of, rows: held }
}
