import { useState } from 'react'
import type { SchoolClass } from '../../classes/class-kind.ts'
import { useMessages, useWords } from '../../messages/messages.tsx'
import { listName } from '../../people.ts'
import { useMay, useToday } from '../../school.tsx'
import { useIsNarrow } from '../../ui/use-is-narrow.ts'
import { useSelection } from '../../ui/use-selection.ts'
import type { Enrolled } from '../class-roster.tsx'
import { isInClass } from '../enrollment-place.ts'
import { enrollmentWords } from '../enrollment-words.ts'

/** Choosing among those who are in the class, who come first in the roster. On a phone it is a mode. */
export function useRosterChoice(of: SchoolClass, roster: readonly Enrolled[]) {
  const today = useToday()
  const { many: words } = useWords(enrollmentWords)
  const { lists } = useMessages()
  const isNarrow = useIsNarrow()
  const mayWrite = useMay('enrollment.write') && !of.archivedAt
  const [isSelecting, setSelecting] = useState(false)
  const inClass = roster.filter((one) => isInClass(one, today))
  const selection = useSelection(`roster ${of.id}`, inClass, inClass.length)
  const chosen = inClass.filter(({ id }) => selection.has(id))
  const isOffered = mayWrite && inClass.length > 0 && (isSelecting || !isNarrow)
  const choice = {
    choosable: inClass.length,
    isChosen: ({ id }: Enrolled) => chosen.some((one) => one.id === id),
    labelOf: (one: Enrolled) => lists.select(listName(one)),
    allLabel: words.all,
    all: chosen.length === 0 ? 'none' : chosen.length === inClass.length ? 'all' : 'some',
    onToggle: selection.toggle,
    onExtend: selection.extend,
    onToggleAll: () => (chosen.length ? selection.clear() : selection.chooseAll()),
    isByTap: isNarrow,
  } as const
  return {
    chosen,
    choice: isOffered ? choice : undefined,
    /** Begins the mode; undefined where rows can be chosen without it, or not at all. */
    begin: mayWrite && isNarrow && !isSelecting && inClass.length > 0 ? () => setSelecting(true) : undefined,
    isOn: isOffered && (isSelecting || chosen.length > 0),
    end() {
      selection.clear()
      setSelecting(false)
    },
  }
}
