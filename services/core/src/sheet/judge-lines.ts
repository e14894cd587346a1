import type { Call } from '@pe/contracts/actor.ts'
import type { SheetLine } from '@pe/contracts/sheet.ts'
import { withActions } from '@pe/finance/actions/with-actions.ts'
import { uncoveredEntries } from '@pe/finance/ledger/check-positions.ts'
import type { Refusal } from '@pe/finance/outcome.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import { sourcesOf } from '../actions/sources-of.ts'
import { chargeRates } from '../charge-rates.ts'
import type { CoreDeps, CoreSql } from '../core-deps.ts'
import { type Books, type Places, positionRules, uncoveredRefusals, withChange } from '../coverage.ts'
import { orRefuseInstrument } from '../known-instrument.ts'
import { closedPeriods, closedRefusal } from '../periods/closed-periods.ts'
import { archiveDays, openingDays, statementOf } from '../statement.ts'
import { readUnitBook } from '../store/ledger-with-actions.ts'
import { placedOn } from '../store/places.ts'
import type { TransactionRow } from '../store/transactions.ts'
import { addedBy, type JudgedLine, removedBy } from './judged-line.ts'
import { withLots } from './lots-of-lines.ts'

/** What stands in the journal of the transactions that the lines name, by id. */
export type Standing = ReadonlyMap<string, TransactionRow>

/**
 * Judges every line by the rules of a single one, and all of them together: what they leave of each position. Lines are independent of
 * their order in the sheet.
 */
export async function judgeLines(
  core: CoreDeps,
  db: CoreSql,
  call: Call,
  lines: readonly SheetLine[],
  standing: Standing,
  books: Books,
): Promise<JudgedLine[]> {
  const unknown = await unknownInstruments(core, call, lines)
  const accountOf = (line: SheetLine) => books.get(standing.get(line.transactionId ?? '')?.accountId ?? line.accountId ?? '')
  const converter = await chargeRates(
    core,
    call,
    lines.flatMap((line) =>
      line.transaction?.charges ? [{ ...line.transaction, currency: line.transaction.currency ?? accountOf(line)?.currency }] : [],
    ),
  )
  const rules = { today: core.clock.today(call.actor.timeZone), openedOn: openingDays(books), archivedOn: archiveDays(books), converter }
  const lockOver = call.override === undefined ? await closedPeriods(db, call, [...books.keys()]) : () => undefined
  const seen = new Set<string>()

  const judged = lines.map((stated): JudgedLine => {
    const { line, transactionId, version, transaction } = stated
    const old = transactionId === undefined ? null : (standing.get(transactionId) ?? null)
    const refused = (refusal: JudgedLine['refusal']): JudgedLine => ({ line, old, statement: null, refusal })
    const no = (code: string, detail: string) => refused({ code, detail })
    const account = accountOf(stated)
    if (transactionId !== undefined) {
      if (!old) return no('not_found', 'there is no such transaction')
      if (seen.has(transactionId)) return no('field_not_allowed', 'two lines change the same transaction')
      seen.add(transactionId)
      if (old.version !== version) return no('changed_meanwhile', `this transaction is in version ${old.version} now, not ${version}`)
      if (old.state === 'void') return no('already_void', 'this transaction is void already')
      if (old.leg !== null) return no('field_not_allowed', 'this is a leg of an event: correct the event as a whole')
    } else if (!transaction) return no('field_missing', 'a line without a transaction needs one to record')
    if (!account) return no('not_found', 'the line names no account')
    const { instrumentId } = transaction ?? {}
    if (instrumentId !== undefined && unknown.has(instrumentId)) return no('instrument_missing', `there is no instrument ${instrumentId}`)
    const id = core.ids.next()
    const outcome = transaction && statementOf(id, { ...transaction, accountId: account.id }, transaction, account.currency, rules)
    if (outcome && !outcome.accepted) return refused(outcome.refusal)
    const statement = outcome?.value ?? null
    const touched = [...(old?.state === 'posted' ? [old] : []), ...(statement?.state === 'posted' ? [statement.entry] : [])]
    for (const entry of touched) {
      const lock = lockOver(entry)
      if (lock) return refused(closedRefusal(lock, entry.date))
    }
    return { line, old, statement, refusal: null }
  })
  return await withCoverage(core, db, call, books, judged)
}

/** Refuses lines that leave a sale without the units it gives out: the line itself, or for a sale that stands, those that take its units. */
async function withCoverage(core: CoreDeps, db: CoreSql, call: Call, books: Books, judged: readonly JudgedLine[]): Promise<JudgedLine[]> {
  const [added, removed] = [judged.flatMap(addedBy), judged.flatMap(removedBy)]
  const touched = [...added, ...removed]
  const instrumentIds = [...new Set(touched.flatMap(({ instrumentId }) => instrumentId ?? []))]
  if (instrumentIds.length === 0) return [...judged]
  const { entries: standing, actions } = await readUnitBook(db, call.actor, [...books.keys()], instrumentIds)
  const places = await placesOf(db, call, books, judged)
  const ledger = withActions(withChange(standing, added, removed, places), actions)
  const found = [...uncoveredEntries(ledger, positionRules(books, actions.length > 0 ? undefined : touched))]
  if (found.length === 0) return await withLots(db, call, judged, { books, instrumentIds, ledger, added, removed, places })
  const refusals = await uncoveredRefusals(core, call, books, found)
  const tookFrom = found.map((one) => sourcesOf(one, actions))
  const byEntry = new Map(found.map(({ entry }, at) => [entry.id, refusals[at]]))
  const atFault = (of: JudgedLine): Refusal | undefined => {
    const own = of.statement && byEntry.get(of.statement.entry.id)
    if (own) return own
    const mine = [...addedBy(of), ...removedBy(of)].flatMap((one) => [one, { ...one, accountId: one.toAccountId ?? one.accountId }])
    const at = found.findIndex((one, place) => !added.includes(one.entry) && mine.some(tookFrom[place] ?? (() => false)))
    return at === -1 ? undefined : refusals[at]
  }
  return judged.map((of) => {
    const refusal = of.refusal ? undefined : atFault(of)
    return refusal === undefined ? of : { ...of, refusal }
  })
}

/** A correction on the same day keeps the place of what it corrects. */
async function placesOf(db: CoreSql, call: Call, books: Books, judged: readonly JudgedLine[]): Promise<Places> {
  const kept = judged.flatMap(({ old, statement }) =>
    old && statement?.entry.date === old.date ? [{ id: statement.entry.id, date: old.date, sequence: old.sequence }] : [],
  )
  const standing = await placedOn(db, call.actor, [...books.keys()], [...new Set(kept.map(({ date }) => date))])
  return new Map([...standing, ...kept].map(({ id, sequence }) => [id, BigInt(sequence)]))
}

/** Each instrument is asked for once. */
async function unknownInstruments(core: CoreDeps, call: Call, lines: readonly SheetLine[]): Promise<ReadonlySet<string>> {
  const unknown = new Set<string>()
  for (const id of new Set(lines.flatMap(({ transaction }) => transaction?.instrumentId ?? []))) {
    await orRefuseInstrument(core, call, id).catch((thrown: unknown) => {
      if (!(thrown instanceof Refused)) throw thrown
      unknown.add(id)
    })
  }
  return unknown
}
