import { quoteUnit } from '@pe/finance/money/currency.ts'
import { Decimal } from '@pe/finance/money/decimal.ts'
import type { PlainDate } from '@pe/finance/time/plain-date.ts'
import { type Because, because } from '../because.ts'
import type { ImportedTransaction } from '../imported-file.ts'
import type { RowLog } from '../row-log.ts'
import type { RowReport } from '../row-report.ts'
import type { Moment } from '../values/read-date.ts'
import type { SourceKeys } from '../values/source-key.ts'
import type { AssetBook } from './assets.ts'

/** An activity whose values have been read, from JSON or CSV. Quantity, price and fee are not negative. */
export interface Activity {
  readonly row: number
  readonly id?: string | undefined
  readonly accountKey: string
  readonly accountName: string
  /** 'BUY', 'LIABILITY' … in capitals. */
  readonly type: string
  readonly moment: Moment
  readonly symbol: string
  readonly dataSource: string
  readonly currency: string
  readonly quantity: string
  readonly unitPrice: string
  readonly fee: string
  readonly comment: string
}

export const activityTypes = ['BUY', 'SELL', 'DIVIDEND', 'FEE', 'INTEREST', 'LIABILITY', 'ITEM'] as const

const kinds = new Map(
  Object.entries({ BUY: 'buy', ITEM: 'buy', SELL: 'sell', DIVIDEND: 'dividend', FEE: 'fee', INTEREST: 'interest' } as const),
)

/** What an activity becomes; null when nothing, which its row then says. The kinds are those of a file with cash: trade-only.ts turns them into deliveries. */
export function transactionOf(
  activity: Activity,
  assets: AssetBook,
  keys: SourceKeys,
  today: PlainDate,
  rows: RowLog,
): ImportedTransaction | null {
  const { row, quantity, unitPrice, moment, symbol } = activity
  const said: Partial<RowReport> = {
    date: moment.date,
    account: activity.accountName,
    instrument: assets.nameOf(activity) || null,
    quantity,
    currency: activity.currency,
  }
  const unit = quoteUnit(activity.currency)
  const ignore = (why: Because): null => {
    rows.change(row, { ...said, state: 'ignored', ...why })
    return null
  }
  const fail = (field: string, code: string, why: Because): null => {
    rows.change(row, { ...said, state: 'error', field, code, ...why })
    return null
  }
  if (!unit) return fail('currency', 'unknown_currency', because('no-currency', { value: activity.currency }))
  if (activity.type === 'LIABILITY') return ignore(because('liability'))
  const kind = kinds.get(activity.type)
  if (!kind) return fail('type', 'bad_request', because('no-activity', { value: activity.type, types: activityTypes.join(', ') }))
  // derived from quantity and price, so it is rounded to what the book can hold (numeric(28,10)); what a file states is never rounded
  const inCurrency = (amount: Decimal): Decimal => amount.dividedBy(unit.perCurrency, { scale: 10, rounding: 'half-away-from-zero' })
  const gross = Decimal.parse(quantity).times(Decimal.parse(unitPrice))
  const statedFee = inCurrency(Decimal.parse(activity.fee))
  if (gross.isZero() && statedFee.isZero() && quantity === '0') return ignore(because('nothing-happened'))

  const isFee = kind === 'fee'
  const amount = isFee ? statedFee.plus(inCurrency(gross)) : inCurrency(gross)
  if (kind === 'dividend' || kind === 'interest' || isFee) if (amount.isZero()) return ignore(because('amount-zero'))
  const asset = kind === 'interest' || isFee ? null : assets.of(activity)
  if (asset === null && kind !== 'interest' && !isFee) return fail('symbol', 'instrument_missing', because('instrument-missing'))
  const draft = moment.date > today
  const fee = isFee ? Decimal.zero : statedFee
  const note = [isFee || kind === 'interest' ? assets.nameOf(activity) : '', activity.comment].filter(Boolean).join(': ')
  rows.change(row, {
    ...said,
    becomes: kind,
    draft,
    instrument: (asset?.name ?? assets.nameOf(activity)) || null,
    amount: amount.toString(),
    currency: unit.currency,
  })
  return {
    kind,
    date: moment.date,
    ...(moment.time ? { time: moment.time } : {}),
    ...(asset ? { instrumentKey: asset.key } : {}),
    ...(asset && quantity !== '0' ? { quantity } : {}),
    amount: amount.toString(),
    currency: unit.currency,
    ...(fee.isZero() ? {} : { fee: fee.toString() }),
    ...(note ? { note: note.slice(0, 2000) } : {}),
    state: draft ? 'draft' : 'posted',
    accountKey: activity.accountKey,
    sourceKey:
      activity.id?.slice(0, 190) ||
      keys.of([
        activity.accountKey,
        moment.date,
        moment.time,
        activity.type,
        activity.dataSource,
        symbol,
        quantity,
        unitPrice,
        activity.fee,
        activity.currency,
      ]),
    row,
  }
}
