import { Checkbox, NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { guardianRelations } from '../../db/values.ts'
import { guardianWords } from '../guardians/guardian-kind.ts'
import { useWords } from '../messages/messages.tsx'
import type { GuardianLink } from './use-links.ts'
import { linkWords } from './use-links.ts'

const marks = ['hasCustody', 'mayPickUp', 'livesWith', 'isBarred'] as const
type LinkValues = Pick<GuardianLink, 'relation' | (typeof marks)[number]> & { note: string }

/** All rights start unset, so that nobody gets one by an oversight. */
const usual: LinkValues = {
  relation: 'parent',
  hasCustody: false,
  mayPickUp: false,
  livesWith: false,
  isBarred: false,
  note: '',
}
export function useLinkValues(link?: GuardianLink) {
  const [values, set] = useState<LinkValues>(link ? { ...link, note: link.note ?? '' } : usual)
  const { relation, hasCustody, mayPickUp, livesWith, isBarred, note } = values
  return {
    values: { relation, hasCustody, mayPickUp, livesWith, isBarred, note },
    change: (next: Partial<LinkValues>) => set((before) => ({ ...before, ...next })),
  }
}

/** Whoever is to have no contact neither picks up nor lives with the student: the boxes say so at once. */
const takenAway = new Set<string>(['mayPickUp', 'livesWith'])

export function LinkFields({ values, change }: ReturnType<typeof useLinkValues>) {
  const { relations } = useWords(guardianWords)
  const words = useWords(linkWords)
  return (
    <>
      <NativeSelect
        label={words.relation}
        data={guardianRelations.map((value) => ({ value, label: relations[value] }))}
        value={values.relation}
        onChange={(event) => change({ relation: event.currentTarget.value as LinkValues['relation'] })}
      />
      <div className="mark-boxes">
        {marks.map((mark) => {
          const isTaken = values.isBarred && takenAway.has(mark)
          return (
            <Checkbox
              key={mark}
              label={words.marks[mark]}
              {...(mark === 'isBarred' && { description: words.barredHint })}
              disabled={isTaken}
              checked={values[mark] && !isTaken}
              onChange={(event) => change({ [mark]: event.currentTarget.checked })}
            />
          )
        })}
      </div>
      <TextInput
        label={words.note}
        maxLength={500}
        autoComplete="off"
        value={values.note}
        onChange={(event) => change({ note: event.currentTarget.value })}
      />
    </>
  )
}
