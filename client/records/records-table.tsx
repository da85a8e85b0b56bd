import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { addressOf } from '../addresses.ts'
import type { ListColumn } from '../lists/list-columns.ts'
import { shownColumns, textIn } from '../lists/list-columns.ts'
import { viewText } from '../lists/view-text.ts'
import { useSchool } from '../school.tsx'
import { useIsNarrow } from '../ui/use-is-narrow.ts'
import type { RowLinkProps } from '../ui/use-row-keys.ts'
import type { Column, VirtualTableProps } from '../ui/virtual-table.tsx'
import { VirtualTable } from '../ui/virtual-table.tsx'
import type { ListedRow, ListedRows, ListLook } from './list-look.ts'
import { useRecordsSearch, useSearchChange } from './use-records-search.ts'

interface RecordsTableProps<Row extends ListedRow> {
  look: ListLook<Row>
  listed: ListedRows<Row>
  choosing: Pick<VirtualTableProps<Row>, 'choice' | 'onHold'>
}

const shownIn = <Row,>(column: ListColumn<Row>, row: Row): ReactNode =>
  column.cell ? column.cell(row) : textIn(column, row)

/** Heads that turn the order round. */
function useSortOf({ kind, columns, orderedBy = 'by' }: Pick<ListLook<never>, 'kind' | 'columns' | 'orderedBy'>) {
  const { [orderedBy]: by, order } = useRecordsSearch() as Partial<Record<string, string>>
  const change = useSearchChange(kind)
  const usual = columns[0]?.id
  const current = by ?? usual
  return (id: string): NonNullable<Column<unknown>['sort']> => ({
    direction: id === current ? (order ? 'descending' : 'ascending') : undefined,
    toggle: () =>
      change({ [orderedBy]: id === usual ? undefined : id, order: id === current && !order ? 'desc' : undefined }),
  })
}

/** What the first column holds, as the link to the record. */
function useName<Row extends ListedRow>({ kind, columns: [first], Open }: ListLook<Row>) {
  const { slug } = useSchool()
  return (row: Row, link: RowLinkProps): ReactNode => {
    const name = first && shownIn(first, row)
    if (Open) return <Open {...{ row, link }}>{name}</Open>
    return (
      <Link
        {...link}
        className="row-link"
        to={addressOf(kind, '/$id')}
        params={{ school: slug, id: row.id }}
        state={{ wasOpenedHere: true }}
        title={first && textIn(first, row)}
      >
        {name}
      </Link>
    )
  }
}

export function RecordsTable<Row extends ListedRow>({ look, listed, choosing }: RecordsTableProps<Row>) {
  const { kind, columns, words, under, chosen } = look
  const { slug } = useSchool()
  const isNarrow = useIsNarrow()
  const search = useRecordsSearch()
  const sortOf = useSortOf(look)
  const name = useName(look)
  const all = columns.map((column, index) => ({
    ...column,
    ...(column.sortBy && { sort: sortOf(column.id) }),
    cell: index ? (row: Row) => shownIn(column, row) : name,
  }))
  const narrow = (row: Row, link: RowLinkProps) => (
    <>
      {name(row, link)}
      <span className="under">{under(row)}</span>
    </>
  )
  return (
    <VirtualTable
      label={words.table}
      columns={shownColumns(all, search.cols)}
      rows={listed.rows}
      total={listed.total}
      hasMore={listed.hasMore ?? false}
      isBusy={listed.isBusy}
      keyOf={({ id }) => id}
      chosen={chosen}
      narrow={isNarrow ? narrow : undefined}
      onNearEnd={() => listed.onNearEnd?.()}
      scrollKey={`${slug} ${kind.path} ${viewText({ ...search, cols: undefined })}`}
      {...choosing}
    />
  )
}
