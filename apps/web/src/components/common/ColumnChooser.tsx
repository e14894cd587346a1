import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { shownColumns } from './DataTable.tsx'
import { Icon } from './Icon.tsx'
import { Picker } from './Picker.tsx'
import { SearchField } from './SearchField.tsx'
import type { TableColumn, TableView } from './table-column.ts'

interface ColumnChooserProps<Row> {
  readonly columns: readonly TableColumn<Row>[]
  readonly view: TableView
  readonly onChange: (columns: readonly string[] | null) => void
}

/** Shown columns in their order, the rest below. */
export function ColumnChooser<Row>(props: ColumnChooserProps<Row>) {
  const { t } = useTranslation()
  return (
    <Picker label={t('table.columns')} value={<Icon name="columns" />} className="icon" width={292} iconless>
      {() => <Chooser {...props} />}
    </Picker>
  )
}

function Chooser<Row>({ columns, view, onChange }: ColumnChooserProps<Row>) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const shown = shownColumns(columns, view)
  const ids = shown.filter((column) => !column.pinned).map(({ id }) => id)
  const wanted = (column: TableColumn<Row>) => column.head.toLowerCase().includes(text.toLowerCase())
  const hidden = columns.filter((column) => !shown.includes(column))
  const move = (id: string, by: number) => {
    const at = ids.indexOf(id)
    const after = ids.filter((other) => other !== id)
    after.splice(Math.max(0, at + by), 0, id)
    onChange(after)
  }
  return (
    <>
      <SearchField label={t('table.findColumn')} text={text} onChange={setText} />
      <h3>{t('table.shown')}</h3>
      <ul>
        {shown.filter(wanted).map((column) => (
          <li key={column.id}>
            <span className="muted">
              <Icon name="grip" small />
            </span>
            <span className="grow">{column.head}</span>
            {column.pinned ? (
              <small className="muted">{t('table.pinned')}</small>
            ) : (
              <>
                <Small label={t('table.moveUp', { name: column.head })} onPress={() => move(column.id, -1)} disabled={ids[0] === column.id}>
                  <span className="turned">
                    <Icon name="down" small />
                  </span>
                </Small>
                <Small
                  label={t('table.moveDown', { name: column.head })}
                  onPress={() => move(column.id, 1)}
                  disabled={ids.at(-1) === column.id}
                >
                  <Icon name="down" small />
                </Small>
                <Small label={t('table.hide', { name: column.head })} onPress={() => onChange(ids.filter((id) => id !== column.id))}>
                  <Icon name="cross" small />
                </Small>
              </>
            )}
          </li>
        ))}
      </ul>
      {hidden.length > 0 ? (
        <>
          <h3>{t('table.more')}</h3>
          <ul>
            {hidden.filter(wanted).map((column) => (
              <li key={column.id}>
                <button
                  type="button"
                  className="choice"
                  onClick={() => onChange([...ids, column.id])}
                  aria-label={t('table.show', { name: column.head })}
                >
                  <span className="tick">
                    <Icon name="plus" small />
                  </span>
                  <span className="grow">{column.head}</span>
                </button>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <div className="foot">
        <button type="button" className="btn quiet" onClick={() => onChange(null)}>
          {t('table.reset')}
        </button>
      </div>
    </>
  )
}

function Small({
  label,
  onPress,
  disabled = false,
  children,
}: {
  label: string
  onPress: () => void
  disabled?: boolean
  children: ReactNode
}) {
  return (
    <button type="button" className="icon mini-icon" aria-label={label} title={label} disabled={disabled} onClick={onPress}>
      {children}
    </button>
  )
}
