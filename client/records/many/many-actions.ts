import type { ListSheet } from '../../lists/list-sheet.ts'
import type { Row, Selection } from '../../ui/use-selection.ts'

/** What a kind's list offers for chosen rows besides what all kinds do. */
export interface ManyActionsProps<ListRow extends Row> {
  /** The chosen rows, also those that are not loaded yet; undefined where there are more than `most`. */
  chosenRows(most: number): Promise<ListRow[] | undefined>
  isDisabled: boolean
}

/** What a row's action needs of the list. */
export function manyActions<ListRow extends Row>(
  selection: Selection,
  rows: readonly ListRow[],
  sheet: ListSheet<ListRow>,
): ManyActionsProps<ListRow> {
  return {
    isDisabled: selection.count === 0,
    async chosenRows(most) {
      if (selection.count > most) return undefined
      const loaded = rows.filter(({ id }) => selection.has(id))
      if (loaded.length === selection.count) return loaded
      const known = new Map(loaded.map((row) => [row.id, row]))
      if (!selection.isAll) return [...selection.rows.values()].map((row) => known.get(row.id) ?? (row as ListRow))
      const chosen: ListRow[] = []
      for await (const page of sheet.pages()) chosen.push(...page.filter(({ id }) => selection.has(id)))
      return chosen
    },
  }
}
