import { useMemo } from 'react'
import { useSearchParams } from 'react-router'
import type { TableView } from './table-column.ts'

/** Sort, columns and grouping of the page's table, in the address: `sort=value-desc&columns=a,b&group=currency`. */
export function useTableView(start: TableView): { tableView: TableView; changeTable: (patch: Partial<TableView>) => void } {
  const [search, setSearch] = useSearchParams()
  const tableView = useMemo<TableView>(() => {
    const sort = /^(\w+)-(asc|desc)$/.exec(search.get('sort') ?? '')
    return {
      sort: sort?.[1] ? { id: sort[1], desc: sort[2] === 'desc' } : start.sort,
      columns: search.get('columns')?.split(',').filter(Boolean) ?? start.columns,
      group: search.get('group') ?? start.group,
    }
  }, [search, start])
  const changeTable = (patch: Partial<TableView>) =>
    setSearch(
      (before) => {
        const after = new URLSearchParams(before)
        const put = (key: string, value: string | null) => (value === null ? after.delete(key) : after.set(key, value))
        if ('sort' in patch) put('sort', patch.sort ? `${patch.sort.id}-${patch.sort.desc ? 'desc' : 'asc'}` : null)
        if ('columns' in patch) put('columns', patch.columns?.join(',') ?? null)
        if ('group' in patch) put('group', patch.group ?? null)
        return after
      },
      { replace: true },
    )
  return { tableView, changeTable }
}
