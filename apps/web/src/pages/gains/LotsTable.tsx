import type { Schema } from '@pe/sdk/client.ts'
import { Fragment, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Icon } from '../../components/common/Icon.tsx'
import { Money } from '../../components/common/Money.tsx'
import { Units } from '../../components/common/Units.tsx'
import { useFormat } from '../../hooks/useFormat.ts'
import { useView } from '../../hooks/useView.ts'
import { ofInstrument } from './links.ts'

type Lot = Schema<'LotHistory'>
type Taking = Lot['takings'][number]

/** The cost of what is left of a lot that is closed. */
const nothing = '0'

/** In words; a dash where none is known. */
function useTerms(): (terms: Lot['terms']) => string {
  const { t } = useTranslation()
  const words = { short: t('gains.term.short'), long: t('gains.term.long') }
  return (terms) => {
    return terms.length === 0 ? '\u2014' : terms.map((term) => words[term]).join(', ')
  }
}

/** What took of a lot, by its kind; a corporate action that is no transaction of its own goes by what it did. */
function useKinds(): { one: (taking: Taking) => string; all: (takings: readonly Taking[]) => string } {
  const { t } = useTranslation()
  const one = ({ kind, leftBy }: Taking) =>
    kind !== 'sale' || leftBy === null || leftBy === 'sell' ? t(`gains.kind.${kind}`) : t(`kind.${leftBy}`, { defaultValue: leftBy })
  const all = (takings: readonly Taking[]) => {
    if (takings.every(({ kind, leftBy }) => kind === 'sale' && (leftBy ?? 'sell') === 'sell'))
      return t('gains.lots.takings', { count: takings.length })
    return [...Map.groupBy(takings, one)].map(([words, { length }]) => `${length} × ${words}`).join(', ')
  }
  return { one, all }
}

/** One line a lot; one that sales took from opens to what each of them took. */
export function LotsTable({ lots }: { lots: readonly Lot[] }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const toggle = (id: string) =>
    setOpen((before) => (before.has(id) ? new Set([...before].filter((other) => other !== id)) : new Set([...before, id])))
  return (
    <div className="wide gains">
      <table className="t" aria-label={t('gains.lots.title')}>
        <thead>
          <tr>
            <th>{t('gains.columns.instrument')}</th>
            <th>{t('gains.columns.acquired')}</th>
            <th className="no-phone">{t('gains.lots.columns.came')}</th>
            <th className="n no-phone">{t('gains.lots.columns.bought')}</th>
            <th>{t('gains.lots.columns.taken')}</th>
            <th className="n">{t('gains.lots.columns.left')}</th>
            <th className="n no-phone">{t('gains.lots.columns.cost')}</th>
            <th className="n no-phone">{t('gains.columns.days')}</th>
            <th className="no-phone">{t('gains.columns.term')}</th>
          </tr>
        </thead>
        <tbody>
          {lots.map((lot) => {
            const id = `${lot.instrumentId} ${lot.lotId}`
            return (
              <Fragment key={id}>
                <LotLine lot={lot} open={open.has(id)} toggle={() => toggle(id)} />
                {open.has(id)
                  ? lot.takings.map((taking) => <TakingLine key={`${taking.transactionId} ${taking.place}`} lot={lot} taking={taking} />)
                  : null}
              </Fragment>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

function LotLine({ lot, open, toggle }: { lot: Lot; open: boolean; toggle: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { search } = useView()
  const terms = useTerms()
  const kinds = useKinds()
  const closed = lot.held.length === 0
  return (
    <tr>
      <td>
        <Link to={`/lots${ofInstrument(search, lot.instrumentId)}`}>
          <b>{lot.instrument}</b>
        </Link>
        <small className="sub no-phone">{lot.accounts.map(({ account }) => account).join(', ')}</small>
        {closed ? null : (
          <small className="sub only-phone">
            {t('gains.columns.cost')} <Money of={lot.cost} />
          </small>
        )}
      </td>
      <td>
        <Link to={`/transactions${ofInstrument(search, lot.instrumentId)}`}>{format.day(lot.acquiredOn)}</Link>
      </td>
      <td className="soft no-phone">{lot.cameBy === null ? '\u2014' : t(`kind.${lot.cameBy}`)}</td>
      <td className="n no-phone">{lot.unitsBought === null ? '\u2014' : <Units of={lot.unitsBought} />}</td>
      <td>
        {lot.takings.length === 0 ? (
          <span className="muted">{'\u2014'}</span>
        ) : (
          <button
            type="button"
            className="unfold"
            aria-expanded={open}
            aria-label={t('gains.lots.details', {
              count: kinds.all(lot.takings),
              instrument: lot.instrument,
              date: format.day(lot.acquiredOn),
            })}
            onClick={toggle}
          >
            <Icon name={open ? 'down' : 'right'} small />
            {kinds.all(lot.takings)}
          </button>
        )}
      </td>
      <td className="n">
        <Units of={lot.units} />
      </td>
      <td className="n no-phone">
        <Money of={closed ? nothing : lot.cost} />
      </td>
      <td className="n num no-phone">{format.count(lot.days)}</td>
      <td className="no-phone">{terms(lot.terms)}</td>
    </tr>
  )
}

function TakingLine({ lot, taking }: { lot: Lot; taking: Taking }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { search } = useView()
  const terms = useTerms()
  const kinds = useKinds()
  return (
    <tr className="lot">
      <td className="soft">{kinds.one(taking)}</td>
      <td>
        <Link to={`/transactions${ofInstrument(search, lot.instrumentId)}`}>{format.day(taking.date)}</Link>
      </td>
      <td colSpan={2} className="soft no-phone">
        {t('gains.columns.proceeds')} <Money of={taking.proceeds} />
      </td>
      <td className="soft">
        {t('gains.columns.gain')} <Money of={taking.gain} signed coloured />
      </td>
      <td className="n">
        <Units of={`-${taking.units}`} />
      </td>
      <td className="soft n no-phone">
        {t('gains.columns.cost')} <Money of={taking.cost} />
      </td>
      <td className="n num no-phone">{format.count(taking.days)}</td>
      <td className="no-phone">{terms(taking.term ? [taking.term] : [])}</td>
    </tr>
  )
}
