import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { Reason } from '../../server/errors.ts'
import { knownError, sentenceOf } from '../errors.ts'
import { useUndo } from '../lists/use-undo.ts'
import { many } from '../messages/en-many.ts'
import type { Area } from '../messages/messages.tsx'
import { useMessages, useWords } from '../messages/messages.tsx'
import { useSchool } from '../school.tsx'
import type { Inputs, Outputs } from '../trpc.ts'
import { apiOf } from '../trpc.ts'
import { toast } from '../ui/toast.tsx'
import type { Selection } from '../ui/use-selection.ts'
import type { StudentRow } from './student-queries.ts'
import { studentsChanged } from './student-queries.ts'
import type { StudentsSearch } from './students-search.ts'
import { countInput } from './students-search.ts'

export const manyWords: Area<ReturnType<typeof many>> = { en: many }

export type StudentSet = Inputs['students']['updateMany']['set']
type Chosen = Inputs['students']['restoreMany']
export type Outcome = Outputs['students']['updateMany']['outcomes'][number] & { reason?: Reason }
/** The server's refusals that people have to see more of than a sentence. */
export interface Refused {
  refused: number
  outcomes: Outcome[]
}
export interface Standing {
  standing: { count: number; names: string[] }[]
}

/** As many as one request names one by one. */
const namedAtMost = 1_000

/** A chosen row that has been loaded again was seen as it is now. */
function chosenBy(selection: Selection, search: StudentsSearch, rows: readonly StudentRow[]): Chosen | undefined {
  if (selection.rows.size > namedAtMost) return undefined
  const ids = [...selection.rows.keys()]
  if (selection.isAll) return { filter: countInput(search), except: ids, expected: selection.count }
  const versions = new Map(rows.map(({ id, version }) => [id, version]))
  return {
    items: [...selection.rows.values()].map(({ id, version }) => ({ id, version: versions.get(id) ?? version })),
  }
}

/** What can be done with the chosen students, all or none of them. */
export function useMany(selection: Selection, search: StudentsSearch, rows: readonly StudentRow[]) {
  const messages = useMessages()
  const words = useWords(manyWords)
  const api = apiOf(useSchool().slug)
  const { students } = api.trpc
  const [refused, setRefused] = useState<Refused | null>(null)
  const [standing, setStanding] = useState<Standing | null>(null)
  const changed = () => studentsChanged(api)
  const say = useUndo(words, changed)

  const onError = (error: unknown) => {
    const known = knownError(error)
    if (known?.reason === 'many.refused') setRefused(known.details as Refused)
    else if (known?.reason === 'record.in_use') setStanding(known.details as Standing)
    else {
      toast(sentenceOf(error, messages))
      if (known?.reason === 'many.changed') changed()
    }
  }
  const update = useMutation(students.updateMany.mutationOptions({ onError }))
  const archive = useMutation(students.archiveMany.mutationOptions({ onError }))
  const restore = useMutation(students.restoreMany.mutationOptions({ onError }))

  const done = (text: string, operationId: string) => {
    changed()
    setStanding(null)
    selection.clear()
    say(text, operationId)
  }
  const withChosen = (act: (chosen: Chosen) => void) => {
    const chosen = chosenBy(selection, search, rows)
    if (chosen) act(chosen)
    else toast(words.tooManyNamed(namedAtMost))
  }
  return {
    refused,
    standing,
    isBusy: update.isPending || archive.isPending || restore.isPending,
    dismiss() {
      setRefused(null)
      setStanding(null)
    },
    reload() {
      setRefused(null)
      selection.clear()
      changed()
    },
    /** `what` names what is set: 'Grade 8'. */
    set: (set: StudentSet, what: string) =>
      withChosen((chosen) =>
        update.mutate(
          { ...chosen, set },
          {
            onSuccess: (answer) =>
              answer.changed
                ? done(words.set(what, answer.changed), answer.operationId)
                : toast(words.nothingSet(what)),
          },
        ),
      ),
    archive: (choice: 'ask' | 'keep' | 'end' = 'ask') =>
      withChosen((chosen) =>
        archive.mutate(
          { ...chosen, standing: choice },
          { onSuccess: (answer) => done(words.archived(answer.changed), answer.operationId) },
        ),
      ),
    restore: () =>
      withChosen((chosen) =>
        restore.mutate(chosen, {
          onSuccess: (answer) => done(words.restored(answer.changed), answer.operationId),
        }),
      ),
  }
}
