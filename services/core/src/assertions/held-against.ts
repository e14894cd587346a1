import type { Call } from '@pe/contracts/actor.ts'
import type { BalanceAssertion } from '@pe/contracts/assertions.ts'
import { Decimal } from '@pe/finance/money/decimal.ts'
import type { PlainDate } from '@pe/finance/time/plain-date.ts'
import { cashOn } from '../cash.ts'
import type { CoreDeps, CoreSql } from '../core-deps.ts'
import { accountPositions } from '../positions.ts'
import type { AssertionRow } from '../store/assertions.ts'

/** Holds what statements say against the book as it stands. Each account is folded once a day that is asked about. */
export async function heldAgainst(core: CoreDeps, db: CoreSql, call: Call, rows: readonly AssertionRow[]): Promise<BalanceAssertion[]> {
  const [cash, units] = [new Map<string, CashFigure>(), new Map<string, UnitFigure>()]
  const told: BalanceAssertion[] = []
  for (const row of rows) {
    const key = `${row.accountId} ${row.date}`
    let figured: Decimal | null
    if (row.currency === null) {
      const held = units.get(key) ?? (await unitsHeld(core, call, row.accountId, row.date))
      units.set(key, held)
      figured = held(row.instrumentId ?? '')
    } else {
      const held = cash.get(key) ?? (await cashHeld(core, db, call, row.accountId, row.date))
      cash.set(key, held)
      figured = held(row.currency)
    }
    const difference = figured?.minus(Decimal.parse(row.stated)) ?? null
    const result = difference === null ? 'unknown' : difference.isZero() ? 'holds' : 'differs'
    told.push({ ...row, figured: figured?.toString() ?? null, difference: difference?.toString() ?? null, result })
  }
  return told
}

type CashFigure = (currency: string) => Decimal | null
type UnitFigure = (instrumentId: string) => Decimal

async function cashHeld(core: CoreDeps, db: CoreSql, call: Call, accountId: string, date: PlainDate): Promise<CashFigure> {
  const { balances, unknown } = await cashOn(core, db, call, [accountId], date)
  const own = new Map<string, Decimal>(balances.get(accountId))
  return (currency) => (unknown.has(`${accountId} ${currency}`) ? null : (own.get(currency) ?? Decimal.zero))
}

async function unitsHeld(core: CoreDeps, call: Call, accountId: string, date: PlainDate): Promise<UnitFigure> {
  const { positions } = await accountPositions(core, { params: { accountId }, query: { asOf: date } }, call)
  const held = new Map(positions.map(({ instrumentId, quantity }) => [instrumentId, Decimal.parse(quantity)]))
  return (instrumentId) => held.get(instrumentId) ?? Decimal.zero
}
