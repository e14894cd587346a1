import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Icon } from '../../components/common/Icon.tsx'
import { Stale } from '../../components/common/Stale.tsx'
import { withNew } from '../../components/common/shell/useCommands.ts'
import { Unknown } from '../../components/common/Unknown.tsx'
import { useFormat } from '../../hooks/useFormat.ts'
import { useView } from '../../hooks/useView.ts'
import type { HoldingRow } from './holding-row.ts'

/** The name leads to the instrument's own figures; its code follows. */
export function NameCell({ row }: { row: HoldingRow }) {
  const { t } = useTranslation()
  const { search } = useView()
  const parts = new URLSearchParams(search)
  if (row.instrumentId) parts.set('instrument', row.instrumentId)
  return (
    <span className="name" title={[row.name, row.code].filter(Boolean).join(' · ')}>
      {row.instrumentId ? (
        <Link to={`/performance?${parts}`}>
          <b>{row.name}</b>
        </Link>
      ) : (
        <b>{row.name}</b>
      )}
      <small className="no-phone">{row.code}</small>
      {row.instrumentId ? (
        <Link
          className="row-link no-phone"
          to={`/actions${withNew(`?${parts}`)}`}
          aria-label={t('holdings.action', { name: row.name })}
          title={t('actions.newOne')}
        >
          <Icon name="plus" small />
        </Link>
      ) : null}
    </span>
  )
}

/** As quoted, with the unit where it is not the instrument's currency, and its day where it is old. */
export function PriceCell({ row }: { row: HoldingRow }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (row.kind === 'cash') return null
  if (row.price === null) return <Unknown {...row.value} />
  return (
    <span className={row.generated ? 'num made' : 'num'} title={row.generated ? t('holdings.generated') : undefined}>
      {format.price(row.price)}
      {row.priceUnit !== row.currency ? <small className="sub">{row.priceUnit}</small> : null}
    </span>
  )
}

/** The currency, and when the price is old, of which day it is. */
export function CurrencyCell({ row }: { row: HoldingRow }) {
  return (
    <span className="soft">
      {row.currency}
      {row.value.staleSince ? <Stale since={row.value.staleSince} /> : null}
    </span>
  )
}
