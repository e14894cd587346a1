import { Decimal } from '@pe/finance/money/decimal.ts'
import type { Schema } from '@pe/sdk/client.ts'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Icon } from '../../components/common/Icon.tsx'
import { Money } from '../../components/common/Money.tsx'
import { Units } from '../../components/common/Units.tsx'
import { reviewWords } from '../../hooks/review-words.ts'
import { useFormat } from '../../hooks/useFormat.ts'
import { type JournalRow, kindOf } from './journal-rows.ts'
import type { VoidAndUndo } from './useVoid.ts'

type Transaction = Schema<'Transaction'>

/** What can be done with a row. */
export interface RowActs {
  readonly onEdit: (of: JournalRow) => void
  readonly onVoid: VoidAndUndo
  readonly onHistory: (of: JournalRow) => void
  readonly onToggle: (of: JournalRow) => void
  readonly isOpen: (of: JournalRow) => boolean
  /** The book is shown as it was known: nothing can be changed there. */
  readonly asKnown: boolean
}

/** Posted is plain text, since it is the rule; a review is asked of what is posted as of a draft, so both are said. */
export function StateCell({ of }: { of: Transaction }) {
  const { t } = useTranslation()
  const format = useFormat()
  const words = t(`transactions.state.${of.state}`)
  const state = of.state === 'draft' ? <span className="tag info">{words}</span> : <span className="st">{words}</span>
  if (of.needsReview === null) return state
  return (
    <span className="states">
      {state}
      <span className="tag warn" title={reviewWords(of.needsReview, t, format)}>
        {t('waiting.needsReview')}
      </span>
    </span>
  )
}

/** The page of a transaction. */
export function OpenLink({ of, search, words }: { of: JournalRow; search: string; words: string }) {
  return (
    <Link className="link quiet" to={`/transactions/${of.id}${search}`}>
      {words}
    </Link>
  )
}

interface WhatProps {
  readonly of: JournalRow
  readonly acts: RowActs
  readonly search: string
  readonly instrument: Schema<'Instrument'> | undefined
}

/** The instrument, or what the note says; on a phone with its kind and state, which have no column there. */
export function WhatCell({ of, acts, search, instrument }: WhatProps) {
  const { t } = useTranslation()
  const kind = t(`kind.${kindOf(of)}`)
  const name = instrument?.name ?? of.note
  return (
    <span className="name">
      <b className="no-phone">{name}</b>
      <b className="only-phone">
        <OpenLink of={of} search={search} words={[kind, name].filter(Boolean).join(' · ')} />
      </b>
      {of.state === 'posted' && of.needsReview === null ? null : (
        <span className="only-phone state-here">
          <StateCell of={of} />
        </span>
      )}
      {instrument?.symbol ? <small className="no-phone">{instrument.symbol}</small> : null}
      {of.legs ? (
        <button type="button" className="legs" aria-expanded={acts.isOpen(of)} onClick={() => acts.onToggle(of)}>
          <Icon name={acts.isOpen(of) ? 'down' : 'right'} small />
          {t('transactions.legs', { count: of.legs.length })}
        </button>
      ) : null}
    </span>
  )
}

/** A posted one is corrected by voiding it and recording another in its place. */
export function ActionsCell({ of, acts }: { of: JournalRow; acts: RowActs }) {
  const { t } = useTranslation()
  if (of.within) return null
  return (
    <span className="row-actions">
      <button
        type="button"
        className="icon mini-icon"
        aria-label={t('history.show')}
        title={t('history.show')}
        onClick={() => acts.onHistory(of)}
      >
        <Icon name="clock" small />
      </button>
      {of.state === 'void' || acts.asKnown ? null : <Changes of={of} acts={acts} />}
    </span>
  )
}

function Changes({ of, acts: { onEdit, onVoid } }: { of: JournalRow; acts: RowActs }) {
  const { t } = useTranslation()
  return (
    <>
      <button
        type="button"
        className="icon mini-icon"
        aria-label={t('transactions.edit')}
        title={t('transactions.edit')}
        onClick={() => onEdit(of)}
      >
        <Icon name="pencil" small />
      </button>
      <button
        type="button"
        className="icon mini-icon"
        aria-label={t('transactions.void')}
        title={t('transactions.void')}
        onClick={() => onVoid(of)}
      >
        <Icon name="cross" small />
      </button>
    </>
  )
}

export function CashCell({ of }: { of: Transaction }) {
  if (!of.cashEffect) return null
  return (
    <>
      <Money of={of.cashEffect.amount} signed coloured={!of.cashEffect.amount.startsWith('-')} />
      <span className="only-phone kindp"> {of.cashEffect.currency}</span>
    </>
  )
}

export function UnitsCell({ of }: { of: Transaction }) {
  return of.quantity === null ? null : <Units of={of.quantity} />
}

export function PriceCell({ of }: { of: Transaction }) {
  const format = useFormat()
  const price = of.price ?? impliedPrice(of)
  return price === null ? null : <span className="num">{format.price(price)}</span>
}

/** A statement may name units and amount only: the price that they imply, to four places. */
export function impliedPrice({ quantity, amount, kind }: Transaction): string | null {
  if (quantity === null || kind === 'transfer' || kind === 'dividend' || Decimal.parse(quantity).isZero()) return null
  return Decimal.parse(amount).dividedBy(Decimal.parse(quantity), { scale: 4, rounding: 'half-away-from-zero' }).toString()
}

/** Fees and taxes: nothing is not written. */
export function ChargeCell({ amount }: { amount: string }) {
  return /^0(\.0*)?$/.test(amount) ? null : <Money of={amount} />
}
