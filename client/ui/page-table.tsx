import { VisuallyHidden } from '@mantine/core'
import type { ReactNode, RefObject } from 'react'
import { useRef } from 'react'
import type { RowChoice } from './row-check.tsx'
import { HeadCheck, RowCheck } from './row-check.tsx'
import { useRoom } from './use-room.ts'
import './table.css'

export interface PageColumn<Row> {
  header: string
  /** In pixels; the first column takes the rest. */
  width?: number
  isDim?: boolean
  /** Leaves when there is little room. */
  isRoomy?: boolean
  /** What can be done with the row; its header is only read out. */
  isAction?: boolean
  cell(row: Row): ReactNode
}

interface PageTableProps<Row> {
  label: string
  columns: readonly PageColumn<Row>[]
  rows: readonly Row[]
  /** The first `choosable` rows can be chosen, to do something with all of them. */
  choice?: (RowChoice<Row> & { choosable: number }) | undefined
}

/** In pixels: the width of a column of the page, so that the right edges of its sections align. */
const leastRoom = 680
const checkRoom = 46
/** The first column says which row it is, so the others leave before it gets narrower. */
const leastFirst = 160

/** Of the columns, those that fit: the first roomy one leaves first. */
export function fitting<Column extends Pick<PageColumn<never>, 'width' | 'isRoomy'>>(
  columns: readonly Column[],
  room: number,
): readonly Column[] {
  const needed = columns.reduce((sum, { width = leastFirst }) => sum + width, 0)
  const leaving = columns.find(({ isRoomy }) => isRoomy)
  if (needed <= room || !leaving) return columns
  return fitting(
    columns.filter((column) => column !== leaving),
    room,
  )
}

/** A short table inside a page. A column that is empty in every row is left out. */
export function PageTable<Row extends { id: string }>({ label, columns, rows, choice }: PageTableProps<Row>) {
  const element = useRef<HTMLDivElement>(null)
  const room = useRoom(element as RefObject<HTMLDivElement>)
  const told = columns.filter(({ cell }) => rows.some((row) => cell(row)))
  const filled = fitting(told, choice ? room - checkRoom : room)
  const wanted = told.reduce((sum, { width = 320 }) => sum + width, 0)
  const classOf = ({ isDim, isRoomy, isAction }: PageColumn<Row>) =>
    [isDim && 'dim', isRoomy && 'when-roomy', isAction && 'row-end'].filter(Boolean).join(' ')
  return (
    <div ref={element} className="in-page-table" style={{ maxWidth: Math.max(wanted, leastRoom) }}>
      <table className="table" aria-label={label}>
        <thead>
          <tr>
            {choice && (
              <th scope="col" className="check-col check-cell">
                <HeadCheck label={choice.allLabel} all={choice.all} onToggle={choice.onToggleAll} />
              </th>
            )}
            {filled.map((column) => (
              <th key={column.header} scope="col" className={classOf(column)} style={{ width: column.width }}>
                {column.isAction ? <VisuallyHidden>{column.header}</VisuallyHidden> : column.header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={row.id} data-chosen={choice?.isChosen(row) || undefined}>
              {choice && (
                <td className="check-cell">
                  {index < choice.choosable && (
                    <RowCheck
                      isStop
                      label={choice.labelOf(row)}
                      isChosen={choice.isChosen(row)}
                      onToggle={(withRange) => choice.onToggle(index, withRange)}
                    />
                  )}
                </td>
              )}
              {filled.map((column) => (
                <td key={column.header} className={classOf(column)}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
