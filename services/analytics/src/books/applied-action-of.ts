import type { AppliedAction as Wire } from '@pe/contracts/action-applications.ts'
import type { AppliedAction } from '@pe/finance/actions/corporate-action.ts'
import { currency } from '@pe/finance/money/currency.ts'
import { Decimal } from '@pe/finance/money/decimal.ts'

/** A corporate action with the choices of its accounts, as finance takes it. */
export function appliedActionOf({ ratio, cashPerUnit, costShare, fractionPrice, currency: code, accounts, ...terms }: Wire): AppliedAction {
  return {
    ...terms,
    currency: currency(code),
    ratio: ratio && { new: Decimal.parse(ratio.new), old: Decimal.parse(ratio.old) },
    cashPerUnit: exact(cashPerUnit),
    costShare: exact(costShare),
    fractionPrice: exact(fractionPrice),
    accounts: accounts.map((choice) => ({ ...choice, costShare: exact(choice.costShare), cashInLieu: exact(choice.cashInLieu) })),
  }
}

function exact(text: string | undefined): Decimal | undefined {
  return text === undefined ? undefined : Decimal.parse(text)
}
