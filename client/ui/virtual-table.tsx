/** A long list as a native table, of which only the rows in sight are in the page. */
import type { MouseEvent, ReactNode, RefObject } from 'react'
import { useEffect, useRef } from 'react'
import type { RowChoice } from './row-check.tsx'
import { HeadCheck, RowCheck } from './row-check.tsx'
import { SortHead } from './sort-head.tsx'
import './table.css'
import { useHold } from './use-hold.ts'
import { useRoom } from './use-room.ts'
import type { RowLinkProps } from './use-row-keys.ts'
import { useRowKeys } from './use-row-keys.ts'
import { useRows } from './use-rows.ts'

export interface Column<Row> {
  id: string
  header: string
  /** What is done with the column, below its header. */
  head?: ReactNode
  /** In pixels; the last column takes the rest. */
  width?: number
  /** The list's width in pixels from which on it is shown. */
  from?: number
  sort?: { direction: 'ascending' | 'descending' | undefined; toggle(): void }
  cell(row: Row, link: RowLinkProps): ReactNode
}

export interface VirtualTableProps<Row> {
  label: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  /** How many rows there are in all, once known: the scroll bar is true from the start. */
  total: number | undefined
  hasMore: boolean
  isBusy: boolean
  keyOf(row: Row): string
  chosen?: string | undefined
  /** Rows can be chosen, to do something with all of them. */
  choice?: RowChoice<Row> | undefined
  /** A finger rests on a row. */
  onHold?: ((index: number) => void) | undefined
  /** On a phone: one cell of two lines. */
  narrow?: ((row: Row, link: RowLinkProps) => ReactNode) | undefined
  onNearEnd(): void
  /** Of the heads, in pixels, where there is more in them than a line. */
  headHeight?: number
  /** Where the list was scrolled to is remembered under this name. */
  scrollKey: string
  children?: ReactNode
}

const heights = { wide: 36, narrow: 60, head: 35, foot: 76 }

const Spacer = ({ height, span }: { height: number; span: number }) =>
  height > 0 && (
    <tr aria-hidden style={{ height }}>
      <td colSpan={span} />
    </tr>
  )

function Head<Row>({ columns, choice }: Pick<VirtualTableProps<Row>, 'columns' | 'choice'>) {
  return (
    <thead>
      <tr aria-rowindex={1}>
        {choice && (
          <th scope="col" className="check-cell">
            <HeadCheck label={choice.allLabel} all={choice.all} onToggle={choice.onToggleAll} />
          </th>
        )}
        {columns.map(({ id, header, head, sort }) => (
          <th key={id} scope="col" aria-sort={sort?.direction} aria-label={head ? header : undefined}>
            {sort ? <SortHead label={header} direction={sort.direction} onToggle={sort.toggle} /> : header}
            {head}
          </th>
        ))}
      </tr>
    </thead>
  )
}

interface RowProps<Row> {
  row: Row | undefined
  index: number
  table: VirtualTableProps<Row>
  link: RowLinkProps
}

function TableRow<Row>({ row, index, table, link }: RowProps<Row>) {
  const { columns, narrow, chosen, choice, keyOf } = table
  const position = { 'aria-rowindex': index + 2 }
  if (!row)
    return (
      <tr {...position}>
        <td colSpan={columns.length + (choice ? 1 : 0)}>
          <span className="waiting" />
        </td>
      </tr>
    )
  const isChosen = choice?.isChosen(row) ?? false
  const toggle = (event: MouseEvent) => {
    if (event.target instanceof Element && event.target.closest('.row-check')) return
    event.preventDefault()
    event.stopPropagation()
    choice?.onToggle(index, false)
  }
  return (
    <tr
      {...position}
      data-chosen={keyOf(row) === chosen || isChosen || undefined}
      {...(choice?.isByTap && { onClickCapture: toggle })}
    >
      {choice && (
        <td className="check-cell">
          <RowCheck
            label={choice.labelOf(row)}
            isChosen={isChosen}
            onToggle={(withRange) => choice.onToggle(index, withRange)}
          />
        </td>
      )}
      {narrow ? <td>{narrow(row, link)}</td> : columns.map(({ id, cell }) => <td key={id}>{cell(row, link)}</td>)}
    </tr>
  )
}

/** Asks for the next page while rows in sight, or about to be, are missing. */
function useNearEnd({ hasMore, isBusy, rows, onNearEnd }: VirtualTableProps<unknown>, lastInSight: number) {
  useEffect(() => {
    if (hasMore && !isBusy && lastInSight > rows.length - 60) onNearEnd()
  }, [hasMore, isBusy, rows.length, onNearEnd, lastInSight])
}

export function VirtualTable<Row>(props: VirtualTableProps<Row>) {
  const { label, rows, total, hasMore, isBusy, narrow, choice, headHeight, scrollKey, children } = props
  const scroller = useRef<HTMLDivElement>(null) as RefObject<HTMLDivElement>
  const room = useRoom(scroller)
  const columns = props.columns.filter(({ from = 0 }) => room >= from)
  const count = hasMore ? Math.max(rows.length, total ?? 0) : rows.length
  const view = useRows({
    scroller,
    count,
    height: narrow ? heights.narrow : heights.wide,
    head: narrow ? 0 : (headHeight ?? heights.head),
    foot: narrow ? heights.foot : 0,
    scrollKey,
  })
  const keys = useRowKeys({
    scroller,
    loaded: rows.length,
    indexes: view.indexes,
    scrollTo: view.scrollTo,
    scrollKey,
    ...(choice && { onToggle: (index) => choice.onToggle(index, false), onExtend: choice.onExtend }),
  })
  const hold = useHold(props.onHold)
  useNearEnd(props as VirtualTableProps<unknown>, view.last)
  const span = (narrow ? 1 : columns.length) + (choice ? 1 : 0)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys move between the links inside
    <div ref={scroller} className="scroller" onKeyDown={keys.onKeyDown} {...hold}>
      <table
        className={narrow ? 'table narrow' : 'table'}
        data-held={props.onHold ? true : undefined}
        aria-label={label}
        aria-rowcount={count + 1}
        aria-busy={isBusy}
      >
        {(!narrow || choice) && (
          <colgroup>
            {choice && <col className="check-col" />}
            {!narrow &&
              columns.map(({ id, width }, index) => (
                <col key={id} style={width && index < columns.length - 1 ? { width } : undefined} />
              ))}
          </colgroup>
        )}
        {!narrow && <Head columns={columns} choice={choice} />}
        <tbody>
          <Spacer height={view.above} span={span} />
          {view.indexes.map((index) => {
            const row = rows[index]
            return (
              <TableRow
                key={row ? props.keyOf(row) : index}
                row={row}
                index={index}
                table={{ ...props, columns }}
                link={keys.linkProps(index)}
              />
            )
          })}
          <Spacer height={view.below} span={span} />
        </tbody>
      </table>
      {children}
    </div>
  )
}
