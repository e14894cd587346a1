import type { AccountChoice, ActionKind, AppliedAction } from '../actions/corporate-action.ts'
import { actionKinds } from '../actions/corporate-action.ts'
import { currency } from '../money/currency.ts'
import { Decimal } from '../money/decimal.ts'
import type { Chance } from './chance.fixture.ts'
import type { Draw } from './draw.fixture.ts'
import { accounts, instruments } from './world.fixture.ts'

const whole = (digits: number): Decimal => Decimal.fromScaled(digits, 0)

/** A corporate action of any kind with terms that make sense, for all accounts or some. */
export function actionDrawn({ id, date, chance }: Draw): AppliedAction {
  const kind = chance.of(actionKinds)
  const [instrument, into] = [chance.of(instruments), chance.of(instruments)]
  const other = into.id === instrument.id ? { ...into, id: into.id === 'spun' ? 'right' : 'spun' } : into
  const fraction = chance.percent(40) ? { fractionPrice: chance.decimal(0, 30_000, 2) } : {}
  const common = { id, kind, instrumentId: instrument.id, exDate: date, currency: currency(chance.of(['EUR', 'USD', 'JPY'])) }
  const ratio = { ratio: { new: whole(1 + chance.below(9)), old: whole(1 + chance.below(9)) } }
  return { ...common, ...termsDrawn(kind, other.id, ratio, fraction, chance), accounts: choices(kind, chance) }
}

function termsDrawn(
  kind: ActionKind,
  intoInstrumentId: string,
  ratio: Required<Pick<AppliedAction, 'ratio'>>,
  fraction: Pick<AppliedAction, 'fractionPrice'>,
  chance: Chance,
): Partial<AppliedAction> {
  const costShare = chance.decimal(0, 1000, 3)
  const cashPerUnit = chance.decimal(1, 3000, 2)
  switch (kind) {
    case 'split':
    case 'stock-dividend':
      return { ...ratio, ...fraction }
    case 'spin-off':
      return { ...ratio, ...fraction, intoInstrumentId, costShare }
    case 'rights':
      return { ...ratio, ...fraction, intoInstrumentId, ...(chance.percent(30) ? { costShare } : {}) }
    case 'merger': {
      const paid = chance.below(3)
      if (paid === 0) return { cashPerUnit }
      return { ...ratio, ...fraction, intoInstrumentId, ...(paid === 1 ? { cashPerUnit, costShare } : {}) }
    }
    case 'symbol-change':
      return { intoInstrumentId, ...(chance.percent(30) ? ratio : {}) }
    case 'return-of-capital':
      return { cashPerUnit }
    case 'write-off':
      return {}
  }
}

function choices(kind: ActionKind, chance: Chance): AccountChoice[] {
  const allocates = kind === 'spin-off'
  return accounts
    .filter(() => chance.percent(85))
    .map((accountId) => ({
      accountId,
      ...(chance.percent(15) ? { cashAccountId: chance.of(accounts) } : {}),
      ...(allocates && chance.percent(20) ? { costShare: chance.decimal(0, 100, 2) } : {}),
      ...(kind !== 'symbol-change' && chance.percent(10) ? { cashInLieu: chance.decimal(1, 5000, 2) } : {}),
    }))
}
