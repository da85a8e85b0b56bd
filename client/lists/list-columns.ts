import type { Column } from '../ui/virtual-table.tsx'

/** A column that people may choose, and that goes into files and onto paper as text. */
export interface ListColumn<Row> extends Column<Row> {
  text(row: Row): string
  /** In a file, where that differs: a date for a spreadsheet is '2015-07-07'. */
  file?(row: Row): string
  /** Shown until somebody chooses otherwise. */
  isUsual?: boolean
}

interface Choosable {
  id: string
  isUsual?: boolean
  from?: number
}

/** The first column always; the others as `cols` of the address names them, or the usual ones. */
export function shownColumns<C extends Choosable>(columns: readonly C[], cols: string | undefined): C[] {
  const [first, ...others] = columns
  if (!first) return []
  if (cols === first.id) return [first]
  const named = cols?.split(',').flatMap((id) => others.find((column) => column.id === id) ?? [])
  if (!named?.length) return [first, ...others.filter(({ isUsual }) => isUsual)]
  // Chosen ones are all shown: the room a column waits for is only for those nobody asked for.
  return [first, ...[...new Set(named)].map((column) => ({ ...column, from: 0 }))]
}

/** For the address: nothing where these are the usual ones, the first column's id where it stands alone. */
export function colsOf(columns: readonly Choosable[], chosen: readonly string[]): string | undefined {
  const [first, ...others] = columns
  const usual = others.filter(({ isUsual }) => isUsual)
  const cols = chosen.join(',') || first?.id
  return cols === usual.map(({ id }) => id).join(',') ? undefined : cols
}
