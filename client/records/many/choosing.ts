import { useState } from 'react'
import type { Permission } from '../../../server/access.ts'
import { useMessages } from '../../messages/messages.tsx'
import { useMay, useSchool } from '../../school.tsx'
import type { RowChoice } from '../../ui/row-check.tsx'
import { useIsNarrow } from '../../ui/use-is-narrow.ts'
import type { Row, Selection } from '../../ui/use-selection.ts'
import { useSelection } from '../../ui/use-selection.ts'

interface ChoosableList<ListRow extends Row> {
  /** Who may change the records may choose rows. */
  write: Permission
  /** Whose list it is: its address, and whether they are archived. Another one begins with none chosen. */
  records: string
  /** The list with its filters, but not its order. */
  name: string
  rows: readonly ListRow[]
  total: number
  nameOf(row: ListRow): string
  allLabel: string
}

export interface Choosing {
  selection: Selection
  /** The names of chosen rows that the list does not show now, such as before a search. */
  elsewhere: readonly string[]
  /** The mode in which a tap chooses a row: on a phone, until "Done". */
  isSelecting: boolean
  /** The bar takes the place of the filters. */
  isOn: boolean
  /** Begins the mode; for who may not change anything there is none. */
  begin: (() => void) | undefined
  end(): void
}

interface ChoosingTable<ListRow> {
  choice: RowChoice<ListRow> | undefined
  onHold: ((index: number) => void) | undefined
}

/** Choosing rows: on a phone it is a mode, elsewhere it is over when none is chosen. `table` is for the `VirtualTable`. */
export function useChoosing<ListRow extends Row>(
  list: ChoosableList<ListRow>,
): Choosing & { table: ChoosingTable<ListRow> } {
  const { write, records, name, rows, total, nameOf, allLabel } = list
  const { lists } = useMessages()
  const { slug } = useSchool()
  const mayWrite = useMay(write)
  const isNarrow = useIsNarrow()
  const [isSelecting, setSelecting] = useState(false)
  const selection = useSelection(`${slug} ${name}`, rows, total, `${slug} ${records}`)
  const shown = new Set(selection.isAll ? [] : rows.map(({ id }) => id))
  const beyond = selection.isAll ? [] : [...selection.rows.values()].filter(({ id }) => !shown.has(id))
  const areAll = selection.isAll
    ? selection.count >= total
    : rows.length >= total && rows.every(({ id }) => selection.has(id))
  const begin = () => setSelecting(true)
  const choice: RowChoice<ListRow> = {
    isChosen: ({ id }) => selection.has(id),
    labelOf: (row) => lists.select(nameOf(row)),
    allLabel,
    all: selection.count === 0 ? 'none' : areAll ? 'all' : 'some',
    onToggle: selection.toggle,
    onExtend: selection.extend,
    onToggleAll: () => (selection.count ? selection.clear() : selection.chooseAll()),
    isByTap: isNarrow,
  }
  const hold = (index: number) => {
    begin()
    selection.toggle(index)
  }
  return {
    selection,
    elsewhere: beyond.map((row) => nameOf(row as ListRow)),
    isSelecting,
    isOn: isSelecting || selection.count > 0,
    begin: mayWrite ? begin : undefined,
    end() {
      selection.clear()
      setSelecting(false)
    },
    table: {
      choice: mayWrite && (isSelecting || !isNarrow) ? choice : undefined,
      onHold: mayWrite && isNarrow && !isSelecting ? hold : undefined,
    },
  }
}
