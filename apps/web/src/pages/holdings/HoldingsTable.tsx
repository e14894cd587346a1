import type { Schema } from '@pe/sdk/client.ts'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ColumnChooser } from '../../components/common/ColumnChooser.tsx'
import { DataTable, shownColumns, useSortedRows } from '../../components/common/DataTable.tsx'
import { Icon } from '../../components/common/Icon.tsx'
import { Choice, Picker } from '../../components/common/Picker.tsx'
import { csv, saveFile } from '../../components/common/save-file.ts'
import { withNew } from '../../components/common/shell/useCommands.ts'
import type { TableView } from '../../components/common/table-column.ts'
import { useToast } from '../../components/common/toast-context.ts'
import { useTableView } from '../../components/common/useTableView.ts'
import { scopeOfDay } from '../../components/portfolio/day-figures.ts'
import { holdingExplain } from '../../components/portfolio/period-explain.ts'
import { useFormat } from '../../hooks/useFormat.ts'
import type { Scope } from '../../hooks/useScope.ts'
import { useView } from '../../hooks/useView.ts'
import { holdingColumns } from './HoldingColumns.tsx'
import { type HoldingRow, holdingRows } from './holding-row.ts'

const start: TableView = { sort: { id: 'value', desc: true }, columns: null, group: null }
const groupings = ['none', 'currency', 'kind'] as const
const rowId = (row: HoldingRow) => row.id

/** The table of holdings with its head, its choices and its totals; `day` is whose changes the columns of the day show. */
export function HoldingsTable({ scope, holdings, day }: { scope: Scope; holdings: Schema<'Holdings'>; day: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { search } = useView()
  const { tableView, changeTable } = useTableView(start)
  const [touch, setTouch] = useState(false)
  const group = groupings.find((known) => known === tableView.group) ?? 'none'
  const rows = useMemo(() => holdingRows(holdings, (balance) => t('holdings.cashIn', { currency: balance.balanceCurrency })), [holdings, t])
  const columns = useMemo(
    () =>
      holdingColumns({
        ...{ t, format, currency: scope.currency, holdings, explain: holdingExplain(scope, format) },
        day: { of: day === scope.to ? null : day, explain: holdingExplain(scopeOfDay(scope, day), format) },
      }),
    [t, format, scope, holdings, day],
  )
  const made = rows.filter(({ generated }) => generated).length
  const sorted = useSortedRows(columns, rows, rowId, tableView)
  const groupOf = {
    none: undefined,
    currency: (row: HoldingRow) => ({ key: row.currency, name: row.currency }),
    kind: (row: HoldingRow) => ({ key: row.kind, name: t(row.kind === 'cash' ? 'holdings.cash' : 'holdings.securities') }),
  }[group]
  const seen = () => {
    const shown = shownColumns(columns, tableView)
    return [shown.map(({ head }) => head), ...sorted.map((row) => shown.map(({ text }) => text(row)))]
  }
  return (
    <>
      <div className="page-head">
        <h1>{t('holdings.title')}</h1>
        <span className="muted">
          {t('holdings.count', {
            holdings: t('holdings.holdings', { count: holdings.holdings.length }),
            cash: t('holdings.cash', { count: holdings.cash.length }),
            date: format.day(holdings.asOf),
          })}
        </span>
        {made > 0 ? (
          <span className="demo" title={t('holdings.madeUp', { count: made })}>
            {t('figures.generated')}
          </span>
        ) : null}
        <span className="end no-phone">
          <Export seen={seen} fileName={`${scope.portfolio.name} ${holdings.asOf}.csv`} />
          <Link className="btn pri" to={`/transactions${withNew(search)}`}>
            <Icon name="plus" small />
            {t('holdings.new')}
          </Link>
        </span>
      </div>
      <div className="tw">
        <div className="filters">
          <Picker
            label={t('holdings.group.label', { by: t(`holdings.group.${group}`) })}
            value={t('holdings.group.label', { by: t(`holdings.group.${group}`) })}
            className="btn"
            width={220}
          >
            {(close) => (
              <ul>
                {groupings.map((by) => (
                  <Choice
                    key={by}
                    chosen={by === group}
                    onChoose={() => {
                      changeTable({ group: by === 'none' ? null : by })
                      close()
                    }}
                  >
                    {t(`holdings.group.${by}`)}
                  </Choice>
                ))}
              </ul>
            )}
          </Picker>
          <span className="end">
            <button
              type="button"
              className={touch ? 'icon on no-phone' : 'icon no-phone'}
              aria-label={t('table.density')}
              title={t('table.density')}
              aria-pressed={touch}
              onClick={() => setTouch(!touch)}
            >
              <Icon name="density" />
            </button>
            <ColumnChooser columns={columns} view={tableView} onChange={(ids) => changeTable({ columns: ids })} />
          </span>
        </div>
        <div className="wide">
          <DataTable
            label={t('holdings.title')}
            columns={columns}
            rows={rows}
            rowId={rowId}
            view={tableView}
            onSort={(sort) => changeTable({ sort })}
            groupOf={groupOf}
            touch={touch}
            totals
            className="hold"
          />
        </div>
        <p className="foot-note">
          {t('holdings.note', { method: t(`holdings.methods.${holdings.costMethod}`) })}{' '}
          {made > 0 ? t('holdings.madeUp', { count: made }) : null}
        </p>
      </div>
    </>
  )
}

/** What is seen, as it is seen: sorted, with the shown columns. */
function Export({ seen, fileName }: { seen: () => string[][]; fileName: string }) {
  const { t } = useTranslation()
  const { announce } = useToast()
  const copy = async () => {
    await navigator.clipboard.writeText(
      seen()
        .map((row) => row.join('\t'))
        .join('\n'),
    )
    announce({ message: t('holdings.menu.copied') })
  }
  return (
    <Picker
      label={t('holdings.menu.export')}
      value={
        <>
          <Icon name="save" small />
          {t('holdings.menu.export')}
        </>
      }
      className="btn"
      width={200}
      iconless
    >
      {(close) => (
        <ul>
          <Choice
            onChoose={() => {
              saveFile(fileName, csv(seen()), 'text/csv')
              close()
            }}
          >
            {t('holdings.menu.csv')}
          </Choice>
          <Choice
            onChoose={() => {
              copy()
              close()
            }}
          >
            {t('holdings.menu.copy')}
          </Choice>
        </ul>
      )}
    </Picker>
  )
}
