import type { Call } from '@pe/contracts/actor.ts'
import type { marketRoutes, NewInstrument } from '@pe/contracts/market.ts'
import type { Input, Reply } from '@pe/contracts/route.ts'
import { isCurrency, quoteUnit } from '@pe/finance/money/currency.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import { sql } from 'kysely'
import type { MarketDeps, MarketSql } from './market-deps.ts'
import { type Candidate, matchInstrument, symbolOf } from './match-instrument.ts'
import { findIdentified, type InstrumentRow, insertInstruments, reviveInstruments } from './store/instruments.ts'

type Resolve = Input<typeof marketRoutes.resolveInstruments>['body']
type Answer = Reply<typeof marketRoutes.resolveInstruments>

/** Finds each instrument or creates it; asked only to look, unknown ones come back without an id. */
export async function resolveInstruments(
  market: MarketDeps,
  { body }: Input<typeof marketRoutes.resolveInstruments>,
  call: Call,
): Promise<Answer> {
  for (const { instrument } of body.instruments) orRefuseCurrencies(instrument)
  if (body.dryRun) {
    const { found, made } = await matched(market, market.db.sql, call, body)
    const unknown = new Set(made.map(({ id }) => id))
    return { found: found.map((one) => (unknown.has(one.instrumentId ?? '') ? { ...one, instrumentId: null, created: false } : one)) }
  }
  return await market.db.write({ call, action: 'instrument.resolve', subject: `import:${body.importId ?? 'none'}` }, async (tx) => {
    await lockIdentities(tx.sql, call)
    const { found, made } = await matched(market, tx.sql, call, body)
    await insertInstruments(
      tx.sql,
      call.actor,
      made.filter(({ revived }) => !revived),
    )
    await reviveInstruments(
      tx.sql,
      made.filter(({ revived }) => revived),
    )
    for (const { id } of made) await tx.announce('instrument-changed', `${call.actor.organisationId}:${id}`, { instrumentId: id })
    return { found }
  })
}

/** One at a time per organisation: two imports that meet the same unknown instrument make one of it. */
export async function lockIdentities(db: MarketSql, call: Call): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`instruments of ${call.actor.organisationId}`}, 0))`.execute(db)
}

export function orRefuseCurrencies({ name, currency, quoteUnit: quoted }: NewInstrument): void {
  if (!isCurrency(currency)) throw new Refused('unknown_currency', `${currency} of ${name} is no currency`)
  if (quoted !== undefined && quoteUnit(quoted)?.currency !== currency) {
    throw new Refused('unknown_currency', `${name} trades in ${currency} and cannot be quoted in ${quoted}`)
  }
}

async function matched(
  market: MarketDeps,
  db: MarketSql,
  call: Call,
  { instruments, importId, generated }: Resolve,
): Promise<{ found: Answer['found']; made: (InstrumentRow & { revived: boolean })[] }> {
  const standing = await findIdentified(
    db,
    call.actor,
    instruments.map(({ instrument }) => instrument),
  )
  const candidates = new CandidateIndex(standing.map((one) => ({ ...one, metAs: new Set<string>() })))
  const made: (InstrumentRow & { revived: boolean })[] = []
  const found = instruments.map(({ key, instrument }) => {
    const match = matchInstrument(instrument, candidates.near(instrument))
    const symbol = symbolOf(instrument)
    if (symbol) match?.metAs.add(symbol)
    if (match && !match.removed) return { key, instrumentId: match.id, created: false }
    const id = match?.id ?? market.ids.next()
    const row = { ...instrument, id, generated: generated ?? false, createdAt: market.clock.now(), importId: importId ?? null }
    made.push({ ...row, revived: match !== undefined })
    if (match) candidates.remove(match)
    candidates.add({
      id,
      name: instrument.name.trim(),
      currency: instrument.currency,
      isin: instrument.isin?.toUpperCase() ?? null,
      symbol: symbol ?? null,
      removed: false,
      metAs: new Set(symbol ? [symbol] : []),
    })
    return { key, instrumentId: id, created: true }
  })
  return { found, made }
}

/** Candidates by each of their identities, so that a file of thousands of instruments is matched in one pass. */
class CandidateIndex {
  readonly #by = new Map<string, Candidate[]>()

  constructor(candidates: readonly Candidate[]) {
    for (const candidate of candidates) this.add(candidate)
  }

  add(candidate: Candidate): void {
    for (const key of keysOf(candidate)) this.#by.set(key, [...(this.#by.get(key) ?? []), candidate])
  }

  remove(candidate: Candidate): void {
    for (const key of keysOf(candidate)) {
      this.#by.set(
        key,
        (this.#by.get(key) ?? []).filter((one) => one !== candidate),
      )
    }
  }

  near(wanted: NewInstrument): Candidate[] {
    return [...new Set(keysOf(wanted).flatMap((key) => this.#by.get(key) ?? []))]
  }
}

function keysOf({ isin, symbol, name }: { isin?: string | null; symbol?: string | null; name: string }): string[] {
  return [
    ...(isin ? [`isin ${isin.toUpperCase()}`] : []),
    ...(symbol?.trim() ? [`symbol ${symbol.trim().toUpperCase()}`] : []),
    `name ${name.trim().toLowerCase()}`,
  ]
}
