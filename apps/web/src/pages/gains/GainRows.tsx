import { Decimal } from '@pe/finance/money/decimal.ts'
import type { Problem, Schema } from '@pe/sdk/client.ts'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ProblemNote } from '../../components/common/ProblemNote.tsx'
import { Units } from '../../components/common/Units.tsx'
import { useFormat } from '../../hooks/useFormat.ts'
import { useView } from '../../hooks/useView.ts'
import { type GainsQuestion, useGainRowsInfiniteQuery } from '../../services/gains-api.ts'
import { Amounts } from './Amounts.tsx'
import { ofInstrument } from './links.ts'

/** The lots of one instrument that were closed, a page at a time. */
export function GainRows({ question }: { question: GainsQuestion & { rowsOf: string } }) {
  const { t } = useTranslation()
  const { data, error, hasNextPage, fetchNextPage, isFetching, refetch } = useGainRowsInfiniteQuery(question)
  const rows = data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <>
      {rows.map((row) => (
        <GainRow key={`${row.transactionId} ${row.place}`} row={row} />
      ))}
      {error || isFetching || hasNextPage ? (
        <tr>
          <td colSpan={10}>
            {error ? <ProblemNote problem={error as Problem} retry={refetch} /> : null}
            {hasNextPage ? (
              <button type="button" className="btn" disabled={isFetching} onClick={() => fetchNextPage()}>
                {t('gains.more')}
              </button>
            ) : null}
            {isFetching && !hasNextPage ? <span className="sk">{'\u00a0'}</span> : null}
          </td>
        </tr>
      ) : null}
    </>
  )
}

function GainRow({ row }: { row: Schema<'RealisedGain'> }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { search } = useView()
  const washed = !Decimal.parse(row.washSaleUnits).isZero()
  // a sale is the rule and is not said; units that left otherwise say how
  const otherwise = row.leftBy === null || row.leftBy === 'sell' ? '' : t(`kind.${row.leftBy}`, { defaultValue: row.leftBy })
  const kind = row.kind === 'sale' ? otherwise : t(`gains.kind.${row.kind}`)
  const terms = { short: t('gains.term.short'), long: t('gains.term.long') }
  const sold = <Link to={`/transactions${ofInstrument(search, row.instrumentId)}`}>{format.day(row.soldOn)}</Link>
  return (
    <tr className="lot">
      <td>
        <span className="soft no-phone">{row.account}</span>
        <span className="only-phone soft">
          <Units of={row.units} /> · {sold}
        </span>
        <small className="only-phone sub">{row.account}</small>
        {kind ? <span className="tag info">{kind}</span> : null}
        {washed ? <span className="tag warn">{t('gains.wash', { units: format.units(row.washSaleUnits) })}</span> : null}
      </td>
      <td className="no-phone">
        {row.lotId === null ? (
          <span className="muted">{t('gains.opening')}</span>
        ) : (
          <Link to={`/lots${ofInstrument(search, row.instrumentId)}`}>{format.day(row.acquiredOn)}</Link>
        )}
      </td>
      <td className="no-phone">{sold}</td>
      <td className="n no-phone">
        <Units of={row.units} />
      </td>
      <td className="n num no-phone">{format.count(row.days)}</td>
      <td className="no-phone">{row.term ? terms[row.term] : '\u2014'}</td>
      <Amounts of={row} />
    </tr>
  )
}
