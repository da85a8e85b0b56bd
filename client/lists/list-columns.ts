import type { ReactNode } from 'react'

/** A column of a list: on the screen, in a file and on paper. */
export interface ListColumn<Row> {
  id: string
  header: string
  /** In pixels; the last column takes the rest. */
  width?: number
  /** The list's width in pixels from which on it is shown. */
  from?: number
  /** Shown only where somebody chooses it. */
  isExtra?: boolean
  sortBy?(row: Row): string | number | null | undefined
  /** In plain text, where that is not what the list is ordered by. */
  text?(row: Row): string | null | undefined
  /** In a file, where that differs: a date for a spreadsheet is '2015-07-07'. */
  file?(row: Row): string
  /** Its columns in a file, where one is not enough. */
  filed?: readonly { header: string; text(row: Row): string | null | undefined }[]
  /** On the screen, where that is more than the text. */
  cell?(row: Row): ReactNode
}

/** What a column says of a row, in plain text. */
export const textIn = <Row>({ text, sortBy }: ListColumn<Row>, row: Row): string =>
  text?.(row) ?? String(sortBy?.(row) ?? '')

/** What its file says of a row, column by column. */
export const cellsInFile = <Row>(columns: readonly ListColumn<Row>[], row: Row): string[] =>
  columns.flatMap((column) =>
    column.filed ? column.filed.map(({ text }) => text(row) ?? '') : [column.file?.(row) ?? textIn(column, row)],
  )

export const headsInFile = <Row>(columns: readonly ListColumn<Row>[]): string[] =>
  columns.flatMap(({ header, filed }) => filed?.map((one) => one.header) ?? [header])

interface Choosable {
  id: string
  isExtra?: boolean
  from?: number
}

/** The first column always; the others as `cols` of the address names them, or the usual ones. */
export function shownColumns<C extends Choosable>(columns: readonly C[], cols: string | undefined): C[] {
  const [first, ...others] = columns
  if (!first) return []
  if (cols === first.id) return [first]
  const named = cols?.split(',').flatMap((id) => others.find((column) => column.id === id) ?? [])
  if (!named?.length) return [first, ...others.filter(({ isExtra }) => !isExtra)]
  // Chosen ones are all shown: the room a column waits for is only for those nobody asked for.
  return [first, ...[...new Set(named)].map((column) => ({ ...column, from: 0 }))]
}

/** For the address: undefined if these are the usual columns, and the first column's id if it is the only one. */
export function colsOf(columns: readonly Choosable[], chosen: readonly string[]): string | undefined {
  const [first, ...others] = columns
  const usual = others.filter(({ isExtra }) => !isExtra)
  const cols = chosen.join(',') || first?.id
  return cols === usual.map(({ id }) => id).join(',') ? undefined : cols
}
