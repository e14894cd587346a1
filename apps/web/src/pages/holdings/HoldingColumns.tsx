import { Decimal } from '@pe/finance/money/decimal.ts'
import type { Schema } from '@pe/sdk/client.ts'
import type { TFunction } from 'i18next'
import { Money } from '../../components/common/Money.tsx'
import { Percent } from '../../components/common/Percent.tsx'
import type { TableColumn } from '../../components/common/table-column.ts'
import { Units } from '../../components/common/Units.tsx'
import type { holdingExplain } from '../../components/portfolio/period-explain.ts'
import type { FigureFormat } from '../../hooks/figure-format.ts'
import { CurrencyCell, NameCell, PriceCell } from './HoldingCells.tsx'
import type { HoldingRow } from './holding-row.ts'

interface ColumnNeeds {
  readonly t: TFunction
  readonly format: FigureFormat
  readonly currency: string
  readonly holdings: Schema<'Holdings'>
  readonly explain: ReturnType<typeof holdingExplain>
  /** The changes of a day: of which, where it is not the last day in view, and how they are explained. */
  readonly day: { readonly of: string | null; readonly explain: ReturnType<typeof holdingExplain> }
}

type MoneyFigure = Schema<'MoneyFigure'>

/** Every column that a holding can show, in the order in which they stand at first. */
export function holdingColumns({ t, format, currency, holdings, explain, day }: ColumnNeeds): TableColumn<HoldingRow>[] {
  const head = (id: string) => t(`holdings.columns.${id}`, { currency })
  const { totals } = holdings
  const about = (row: HoldingRow, figure: string, words: string) =>
    explain(figure, t(`holdings.explain.${words}`, { name: row.name }), row.of)
  const aboutDay = (row: HoldingRow, figure: string) => day.explain(figure, t('holdings.explain.day', { name: row.name }), row.of)
  const dayHead = (id: string) => (day.of === null ? head(id) : `${head(id)} ${format.dayShort(day.of)}`)
  const money = (
    id: string,
    of: (row: HoldingRow) => MoneyFigure | null,
  ): Pick<TableColumn<HoldingRow>, 'id' | 'head' | 'numeric' | 'sortBy' | 'text' | 'groupTotal'> => ({
    id,
    head: head(id),
    numeric: true,
    sortBy: (row) => numberOf(of(row)?.amount),
    text: (row) => of(row)?.amount ?? '',
    groupTotal: (rows) => <Money of={sumOf(rows.map(of), currency)} signed={id === 'gain' || id === 'day'} />,
  })
  return [
    {
      id: 'instrument',
      head: head('instrument'),
      pinned: true,
      card: 'a',
      sortBy: (row) => row.name.toLocaleLowerCase(format.locale),
      text: (row) => row.name,
      cell: (row) => <NameCell row={row} />,
      total:
        holdings.unknownCount > 0
          ? `${t('holdings.partialTotal')} (${t('holdings.notKnown', { count: holdings.unknownCount })})`
          : t('holdings.total'),
    },
    {
      id: 'symbol',
      head: head('symbol'),
      width: 96,
      startsHidden: true,
      sortBy: (row) => row.code ?? '',
      text: (row) => row.code ?? '',
      cell: (row) => <span className="soft">{row.code}</span>,
    },
    {
      id: 'units',
      head: head('units'),
      numeric: true,
      width: 104,
      sortBy: (row) => (row.kind === 'cash' ? null : numberOf(row.units)),
      text: (row) => row.units ?? '',
      cell: (row) => (row.kind === 'holding' && row.units !== null ? <Units of={row.units} /> : null),
    },
    {
      id: 'price',
      head: head('price'),
      numeric: true,
      width: 104,
      sortBy: (row) => numberOf(row.price),
      text: (row) => row.price ?? '',
      cell: (row) => <PriceCell row={row} />,
    },
    {
      id: 'currency',
      head: head('currency'),
      // The day of an old price stands beside the currency; without one the name gets the room.
      width: [...holdings.holdings, ...holdings.cash].some(({ value }) => value.staleSince) ? 152 : 92,
      sortBy: (row) => row.currency,
      text: (row) => row.currency,
      cell: (row) => <CurrencyCell row={row} />,
    },
    {
      id: 'priceDate',
      head: head('priceDate'),
      width: 112,
      startsHidden: true,
      sortBy: (row) => row.priceDate ?? '',
      text: (row) => row.priceDate ?? '',
      cell: (row) => <span className="soft">{row.priceDate ? format.day(row.priceDate) : ''}</span>,
    },
    {
      id: 'dayRatio',
      head: dayHead('dayRatio'),
      numeric: true,
      width: day.of === null ? 84 : 108,
      sortBy: (row) => row.dayRatio?.value ?? null,
      text: (row) => ratioText(row.dayRatio),
      cell: (row) =>
        row.dayRatio ? <Percent of={row.dayRatio} signed coloured arrow bare explain={aboutDay(row, 'dayChangeRatio')} /> : null,
    },
    {
      ...money('day', (row) => row.day),
      head: dayHead('day'),
      width: 128,
      startsHidden: true,
      cell: (row) => (row.day ? <Money of={row.day} signed coloured explain={aboutDay(row, 'dayChange')} /> : null),
      total: <Money of={totals.dayChange} signed explain={day.explain('dayChange', head('day'))} />,
    },
    {
      ...money('cost', (row) => row.cost),
      width: 120,
      startsHidden: true,
      cell: (row) => (row.cost ? <Money of={row.cost} explain={about(row, 'cost', 'cost')} /> : null),
      total: <Money of={totals.cost} explain={explain('cost', head('cost'))} />,
    },
    {
      ...money('value', (row) => row.value),
      width: 120,
      card: 'b',
      cell: (row) => <Money of={row.value} explain={about(row, 'value', 'value')} />,
      total: (
        <Money
          of={totals.value.amount === null && holdings.partialValue ? holdings.partialValue : totals.value}
          explain={explain('value', head('value'))}
        />
      ),
    },
    {
      id: 'weight',
      head: head('weight'),
      numeric: true,
      width: 84,
      card: 'c',
      sortBy: (row) => row.weight.value,
      text: (row) => ratioText(row.weight),
      cell: (row) => <Percent of={row.weight} bare explain={about(row, 'weight', 'weight')} />,
      total: <Percent of={1} bare />,
    },
    {
      ...money('gain', (row) => row.gain),
      width: 120,
      cell: (row) => (row.gain ? <Money of={row.gain} signed coloured explain={about(row, 'unrealisedGain', 'gain')} /> : null),
      total: <Money of={totals.unrealisedGain} signed explain={explain('unrealisedGain', head('gain'))} />,
    },
    {
      id: 'gainRatio',
      head: head('gainRatio'),
      numeric: true,
      width: 100,
      card: 'd',
      sortBy: (row) => row.gainRatio?.value ?? null,
      text: (row) => ratioText(row.gainRatio),
      cell: (row) =>
        row.gainRatio ? (
          <Percent of={row.gainRatio} signed coloured arrow bare explain={about(row, 'unrealisedGainRatio', 'gain')} />
        ) : null,
    },
  ]
}

/** For sorting only; what is shown is written from the exact text. */
function numberOf(text: string | null | undefined): number | null {
  return text == null ? null : Number(text)
}

/** Per cent for a spreadsheet: "6.86". */
function ratioText(ratio: Schema<'RatioFigure'> | null): string {
  return ratio?.value == null ? '' : (ratio.value * 100).toFixed(2)
}

function sumOf(figures: readonly (MoneyFigure | null)[], currency: string): MoneyFigure {
  const unknown = figures.find((figure) => figure?.amount === null)
  if (unknown) return unknown
  return { amount: Decimal.sum(figures.map((figure) => Decimal.parse(figure?.amount ?? '0'))).toString(), currency }
}
