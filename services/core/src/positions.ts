import { setImmediate as takeTurns } from 'node:timers/promises'
import type { Call } from '@pe/contracts/actor.ts'
import type { coreRoutes } from '@pe/contracts/core.ts'
import type { CostMethod, LotScope } from '@pe/contracts/portfolios.ts'
import type { Position, Positions } from '@pe/contracts/positions.ts'
import type { Input } from '@pe/contracts/route.ts'
import { usualLotScope } from '@pe/finance/lots/cost-method.ts'
import { byAcquisition } from '@pe/finance/lots/lot.ts'
import { foldLots, type LotBook } from '@pe/finance/lots/lot-book.ts'
import { currency } from '@pe/finance/money/currency.ts'
import { Decimal } from '@pe/finance/money/decimal.ts'
import type { PlainDate } from '@pe/finance/time/plain-date.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import { cashBalances, converterBetween } from './cash.ts'
import type { CoreDeps, CoreSql } from './core-deps.ts'
import type { Figured } from './positions-memory.ts'
import { booksOf } from './store/accounts.ts'
import { someCashRestsOnMarket } from './store/cash.ts'
import { accountsThatSendUnits } from './store/ledger.ts'
import { readUnitBook, wholeLedger } from './store/ledger-with-actions.ts'
import { readPortfolioView } from './store/portfolios.ts'

export async function portfolioPositions(
  core: CoreDeps,
  { params, query }: Input<typeof coreRoutes.portfolioPositions>,
  call: Call,
): Promise<Positions> {
  return await core.db.snapshot(async (db) => {
    const portfolio = await readPortfolioView(db, call.actor, params.portfolioId)
    const keeping = keptAs(query, portfolio)
    return await rememberedOf(core, db, call, portfolio.accountIds, portfolio.baseCurrency, keeping, query)
  })
}

export async function accountPositions(
  core: CoreDeps,
  { params: { accountId }, query }: Input<typeof coreRoutes.accountPositions>,
  call: Call,
): Promise<Positions> {
  return await core.db.snapshot(async (db) => {
    const account = (await booksOf(db, call.actor, [accountId])).get(accountId)
    if (!account) throw new Refused('not_found', 'there is no such account')
    return await rememberedOf(core, db, call, [accountId], account.currency, keptAs(query), query)
  })
}

/** How the lots are kept: as the portfolio does, unless asked otherwise. */
interface Keeping {
  readonly costMethod: CostMethod
  readonly lotScope: LotScope
}

function keptAs(
  asked: { costMethod?: CostMethod; lotScope?: LotScope },
  standing: Keeping = { costMethod: 'fifo', lotScope: 'account' },
): Keeping {
  const costMethod = asked.costMethod ?? standing.costMethod
  const usual = costMethod === standing.costMethod ? standing.lotScope : usualLotScope(costMethod)
  return { costMethod, lotScope: asked.lotScope ?? usual }
}

/** What was known at an earlier moment is rarely asked for, and figured each time. */
async function rememberedOf(
  core: CoreDeps,
  db: CoreSql,
  call: Call,
  accountIds: readonly string[],
  reportingCurrency: string,
  keeping: Keeping,
  asked: { readonly asOf?: PlainDate | undefined; readonly knownAt?: string | undefined },
): Promise<Positions> {
  const asOf = asked.asOf ?? core.clock.today(call.actor.timeZone)
  const figure = () => positionsOf(core, db, call, accountIds, reportingCurrency, keeping, { ...asked, asOf })
  if (asked.knownAt !== undefined) return (await figure()).positions
  const question = [accountIds, reportingCurrency, keeping.costMethod, keeping.lotScope, asOf]
  return await core.memory.answer(db, call.actor, question, figure)
}

async function positionsOf(
  core: CoreDeps,
  db: CoreSql,
  call: Call,
  accountIds: readonly string[],
  reportingCurrency: string,
  { costMethod, lotScope }: Keeping,
  { asOf, knownAt }: { readonly asOf: PlainDate; readonly knownAt?: string | undefined },
): Promise<Figured> {
  const all = await accountsThatSendUnits(db, call.actor, accountIds, knownAt)
  const ledger = wholeLedger(await readUnitBook(db, call.actor, all, undefined, knownAt))
  // others are served between the steps of a long ledger
  await takeTurns()
  const scope = new Set(accountIds)
  const reporting = currency(reportingCurrency)
  const lots = foldLots(
    ledger,
    {
      method: costMethod,
      fees: 'included',
      currency: reporting,
      // Lots are told in the currency that was paid: rates only matter where the dearest leave first.
      converter: await converterBetween(core, call, costMethod === 'hifo' ? [reporting, ...ledger.map((entry) => entry.currency)] : []),
      currencyOf: () => reporting,
      acrossAccounts: lotScope === 'portfolio',
      poolOf: (accountId) => (scope.has(accountId) ? 'scope' : accountId),
    },
    asOf,
  )
  await takeTurns()
  const cash = await cashBalances(core, db, call, accountIds, asOf, knownAt)
  const ofBooksAlone = costMethod !== 'hifo' && !(await someCashRestsOnMarket(db, call.actor, accountIds))
  return { positions: { asOf, costMethod, lotScope, positions: positionsIn(lots, scope), cash }, accountIds: all, ofBooksAlone }
}

/** Open lots of some accounts, instrument by instrument. */
export function positionsIn(book: LotBook, accounts: ReadonlySet<string>): Position[] {
  const positions = new Map<string, { units: Decimal; lots: Position['lots'] }>()
  for (const lot of byAcquisition(book.lots({ accounts }))) {
    const position = positions.get(lot.instrumentId) ?? { units: Decimal.zero, lots: [] }
    positions.set(lot.instrumentId, position)
    const { transaction: cost } = lot.cost
    position.units = position.units.plus(lot.units)
    position.lots.push({
      accountId: lot.accountId,
      transactionId: lot.transactionId,
      acquiredOn: lot.acquiredOn,
      quantity: lot.units.toString(),
      cost: cost && lot.currency && { amount: cost.toString(), currency: lot.currency },
    })
  }
  return [...positions]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([instrumentId, { units, lots }]) => ({ instrumentId, quantity: units.toString(), lots }))
}
